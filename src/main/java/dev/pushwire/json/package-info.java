/** What JSON this service takes, by whatever way it comes: one rule for all. */
@NullMarked
package dev.pushwire.json;

import org.jspecify.annotations.NullMarked;
