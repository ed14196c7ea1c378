/**
 * Meters, health and an actuator endpoint for operators, made of listener calls and counters. The package observes, and
 * steers only what an operator closes by hand.
 */
@NullMarked
package dev.pushwire.metrics;

import org.jspecify.annotations.NullMarked;
