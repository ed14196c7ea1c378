/**
 * The auto-configuration: every {@code pushwire.*} property, and the beans that a Spring Boot application gets with
 * this library. No logic.
 */
@NullMarked
package dev.pushwire.autoconfigure;

import org.jspecify.annotations.NullMarked;
