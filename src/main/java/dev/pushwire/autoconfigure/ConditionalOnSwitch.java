package dev.pushwire.autoconfigure;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Conditional;

/**
 * Matches if each of these properties is on. A switch is read as a property of type {@code boolean}: {@code off},
 * {@code no} and {@code 0} mean the same as {@code false}. Spring Boot's own conditions compare texts. One takes these
 * for on, and the other takes {@code yes} for off.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnSwitch.class)
public @interface ConditionalOnSwitch {
    /** The names of the properties. */
    String[] value();

    /** Whether a property is on that is not set, or is empty. */
    boolean byDefault() default true;

    /** False to match if the properties are off. */
    boolean on() default true;
}
