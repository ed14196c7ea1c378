/**
 * Sessions of clients whose requests may come to any node. A secret names a session, and the requests find their way to
 * the node that has it.
 */
@NullMarked
package dev.pushwire.polling;

import org.jspecify.annotations.NullMarked;
