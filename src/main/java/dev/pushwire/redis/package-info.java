/**
 * The broker over Redis. The only room that knows Lettuce and Spring Data Redis; what it does in Redis stands in the Lua
 * scripts beside it.
 */
@NullMarked
package dev.pushwire.redis;

import org.jspecify.annotations.NullMarked;
