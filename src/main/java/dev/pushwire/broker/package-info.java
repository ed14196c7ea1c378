/**
 * How nodes work together: {@link dev.pushwire.broker.Broker} brings publications to subscribers on all nodes, and
 * {@link dev.pushwire.broker.ClusterBus} carries what nodes tell and ask each other. The package has their values, and
 * both in memory.
 */
@NullMarked
package dev.pushwire.broker;

import org.jspecify.annotations.NullMarked;
