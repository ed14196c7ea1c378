/** For an application's tests: an endpoint is called, and what it sends is looked at, without a port and a connection. */
@NullMarked
package dev.pushwire.testing;

import org.jspecify.annotations.NullMarked;
