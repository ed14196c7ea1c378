/** Between the engine and what decides on access: which clients may connect, with what, and for how long. Not for applications. */
@NullMarked
package dev.pushwire.endpoint.spi;

import org.jspecify.annotations.NullMarked;
