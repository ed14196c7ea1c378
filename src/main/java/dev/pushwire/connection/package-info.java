/**
 * One live connection, which joins protocol, transport and endpoint. The package has its outbox, its deadlines, the
 * table of endings, the registry of connections, and the event loops that run them.
 */
@NullMarked
package dev.pushwire.connection;

import org.jspecify.annotations.NullMarked;
