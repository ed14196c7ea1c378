/** Work that runs again and again. It outlives its failures, and shows whether it still runs. */
@NullMarked
package dev.pushwire.pulse;

import org.jspecify.annotations.NullMarked;
