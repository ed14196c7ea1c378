/**
 * How nodes work together: the port through which publications reach subscribers on all of them ({@link
 * dev.pushwire.broker.Broker}), the one through which they tell and ask each other ({@link dev.pushwire.broker.ClusterBus}), their
 * values, and both in memory.
 */
@NullMarked
package dev.pushwire.broker;

import org.jspecify.annotations.NullMarked;
