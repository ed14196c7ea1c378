/** Turns listener calls into meters; observes, never steers. */
@NullMarked
package dev.pushwire.metrics;

import org.jspecify.annotations.NullMarked;
