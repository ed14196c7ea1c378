/** Engine.IO 4, the protocol below Socket.IO: packets, payloads, and sessions whose transport can change. */
@NullMarked
package dev.pushwire.engineio;

import org.jspecify.annotations.NullMarked;
