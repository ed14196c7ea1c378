/**
 * The broker, and what nodes tell and ask each other, over Redis. The only room that knows Lettuce; what it does in Redis
 * stands in the Lua scripts beside it.
 */
@NullMarked
package dev.pushwire.redis;

import org.jspecify.annotations.NullMarked;
