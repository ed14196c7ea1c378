/** The service: its main class, and what only the service has. */
@NullMarked
package dev.pushwire;

import org.jspecify.annotations.NullMarked;
