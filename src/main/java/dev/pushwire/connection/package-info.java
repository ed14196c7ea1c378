/**
 * One live connection: joins protocol, transport and endpoint; owns the outbox, the deadlines, the table of endings, the
 * registry; and the event loops that run it all.
 */
@NullMarked
package dev.pushwire.connection;

import org.jspecify.annotations.NullMarked;
