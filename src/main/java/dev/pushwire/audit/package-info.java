/** Who did what with power, and who tried to: one line of the log each. */
@NullMarked
package dev.pushwire.audit;

import org.jspecify.annotations.NullMarked;
