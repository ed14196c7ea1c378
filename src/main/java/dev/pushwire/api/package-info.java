/** The HTTP API: it publishes, shows topics and connections, and revokes access. */
@NullMarked
package dev.pushwire.api;

import org.jspecify.annotations.NullMarked;
