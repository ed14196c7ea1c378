/**
 * The HTTP edge: the filter, the opening handshake over servlet types, and taking the socket from Tomcat. This is the
 * only package that knows {@code org.apache}.
 */
@NullMarked
package dev.pushwire.tomcat;

import org.jspecify.annotations.NullMarked;
