/** The audit log: one line for each act with power, and for each attempt. */
@NullMarked
package dev.pushwire.audit;

import org.jspecify.annotations.NullMarked;
