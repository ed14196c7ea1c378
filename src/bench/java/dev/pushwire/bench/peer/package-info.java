/**
 * What Pushwire is measured against: the same two endpoints, {@code /echo} and {@code /chat}, written with other engines, each
 * in the way that its own documentation or its fastest users would. Each class is a program of its own, with a class path of
 * its own, and takes two arguments: the port on loopback, and the size of the largest message.
 */
@NullMarked
package dev.pushwire.bench.peer;

import org.jspecify.annotations.NullMarked;
