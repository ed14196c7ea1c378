/** The HTTP API: publishing, what there is to know of topics and connections, and taking access away. */
@NullMarked
package dev.pushwire.api;

import org.jspecify.annotations.NullMarked;
