/** The rule for JSON that this service accepts, the same for all doors. */
@NullMarked
package dev.pushwire.json;

import org.jspecify.annotations.NullMarked;
