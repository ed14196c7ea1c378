/** Access control: decides which clients may connect, by token and by number, and what a token allows. */
@NullMarked
package dev.pushwire.access;

import org.jspecify.annotations.NullMarked;
