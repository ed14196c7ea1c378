/**
 * Topics on top of endpoints: the hub that delivers publications, the policies of topics, and
 * {@link dev.pushwire.push.ClientSession}, which every door uses.
 */
@NullMarked
package dev.pushwire.push;

import org.jspecify.annotations.NullMarked;
