/** Tests of endpoints without a port and a connection: a test calls the endpoint, and looks at what it sends. */
@NullMarked
package dev.pushwire.testing;

import org.jspecify.annotations.NullMarked;
