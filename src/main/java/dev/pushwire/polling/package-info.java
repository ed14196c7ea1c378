/**
 * Sessions of clients whose requests may come to any node: named by a secret, found on the node that has them, asked there for what
 * they are sent, and given what their clients say.
 */
@NullMarked
package dev.pushwire.polling;

import org.jspecify.annotations.NullMarked;
