/** How publications reach subscribers on all nodes: the port ({@link dev.pushwire.broker.Broker}), its values, and the broker in memory. */
@NullMarked
package dev.pushwire.broker;

import org.jspecify.annotations.NullMarked;
