/** Work that is done again and again, outlives whatever it meets, and shows whether it still is. */
@NullMarked
package dev.pushwire.pulse;

import org.jspecify.annotations.NullMarked;
