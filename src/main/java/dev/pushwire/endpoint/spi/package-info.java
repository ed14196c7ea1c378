/**
 * The interfaces between the engine and access control: which clients may connect, with which rights, and for how long.
 * Not for applications.
 */
@NullMarked
package dev.pushwire.endpoint.spi;

import org.jspecify.annotations.NullMarked;
