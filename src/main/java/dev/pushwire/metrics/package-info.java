/**
 * What those who run the service see of it: listener calls and counters become meters, health and an actuator endpoint.
 * Observes; steers nothing but what an operator closes by hand.
 */
@NullMarked
package dev.pushwire.metrics;

import org.jspecify.annotations.NullMarked;
