/**
 * The servers that Pushwire is compared with: the same two endpoints, {@code /echo} and {@code /chat}, with other
 * engines. Each is written as the engine's documentation or its fastest users would write it. Each class is a program
 * of its own, with a class path of its own, and takes two arguments: the port on loopback, and the size of the largest
 * message.
 */
@NullMarked
package dev.pushwire.bench.peer;

import org.jspecify.annotations.NullMarked;
