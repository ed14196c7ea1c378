/**
 * Endpoints to try the service with, which also show how to write one: an echo, a chat, and a namespace of Socket.IO.
 */
@NullMarked
package dev.pushwire.demo;

import org.jspecify.annotations.NullMarked;
