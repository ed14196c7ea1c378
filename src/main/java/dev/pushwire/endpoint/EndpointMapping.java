package dev.pushwire.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Maps requests to an {@link Endpoint} bean. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EndpointMapping {
    /**
     * The paths within the application. Each is a Spring path pattern, such as {@code /echo} or {@code /rooms/{room}}.
     * If several patterns match a request, the most specific one answers. The application does not start if two
     * endpoints have the same pattern.
     */
    String[] value();

    /** The subprotocols that the endpoint speaks (RFC 6455, section 1.9), in order of preference. */
    String[] subprotocols() default {};

    /** The thread that runs the callbacks. */
    Execution execution() default Execution.VIRTUAL_THREAD;

    /**
     * Whether a client may connect without a token and send it later in a message. The endpoint hands such a token to
     * the {@code TokenAuthenticator}. If a token is required and none comes in time, the connection ends with 4401.
     */
    boolean authenticatesLate() default false;

    /**
     * What {@code pushwire.limits.messages-per-second} counts on this endpoint. A client that exceeds the limit loses
     * its connection with 4429.
     */
    RateLimit rateLimit() default RateLimit.NONE;
}
