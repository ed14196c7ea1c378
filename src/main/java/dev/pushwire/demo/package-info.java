/** Two endpoints to try the service with, which show how one is written: an echo and a chat. */
@NullMarked
package dev.pushwire.demo;

import org.jspecify.annotations.NullMarked;
