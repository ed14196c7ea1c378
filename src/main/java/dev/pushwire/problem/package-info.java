/** Errors over HTTP (RFC 9457): the general texts, and the one place that writes them. */
@NullMarked
package dev.pushwire.problem;

import org.jspecify.annotations.NullMarked;
