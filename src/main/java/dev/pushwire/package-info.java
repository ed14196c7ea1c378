/** The main class, the configuration properties, and the wiring of the beans; no logic. */
@NullMarked
package dev.pushwire;

import org.jspecify.annotations.NullMarked;
