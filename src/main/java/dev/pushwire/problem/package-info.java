/** Every error that is answered over HTTP: what is said in general, and the one place that writes it (RFC 9457). */
@NullMarked
package dev.pushwire.problem;

import org.jspecify.annotations.NullMarked;
