/** The service: its main class, and the beans that only the service has. */
@NullMarked
package dev.pushwire;

import org.jspecify.annotations.NullMarked;
