/**
 * The HTTP edge: the filter, the opening handshake over servlet types, taking the socket from Tomcat. The only room that
 * knows {@code jakarta.servlet} or {@code org.apache}.
 */
@NullMarked
package dev.pushwire.tomcat;

import org.jspecify.annotations.NullMarked;
