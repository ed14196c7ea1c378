/**
 * The broker and the bus of nodes, over Redis. This is the only package that knows Lettuce. What happens in Redis is in
 * the Lua scripts.
 */
@NullMarked
package dev.pushwire.redis;

import org.jspecify.annotations.NullMarked;
