package dev.pushwire.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which requests an {@link Endpoint} bean answers. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EndpointMapping {
    /**
     * Paths within the application, each a Spring path pattern: {@code /echo}, {@code /rooms/{room}}. Two endpoints with
     * the same pattern fail the start-up; where several match, the most specific one answers.
     */
    String[] value();

    /** The subprotocols it speaks (RFC 6455, section 1.9), most wanted first. */
    String[] subprotocols() default {};

    /** The thread that the callbacks run on. */
    Execution execution() default Execution.VIRTUAL_THREAD;

    /**
     * Whether a client may connect without a token and send it in a message, which the endpoint hands to the
     * {@code TokenAuthenticator}. Where a token is needed and none comes in time, the connection ends with 4401.
     */
    boolean authenticatesLate() default false;

    /**
     * What of that which clients send here {@code pushwire.limits.messages-per-second} holds for; beyond it a connection
     * ends with 4429.
     */
    RateLimit rateLimit() default RateLimit.NONE;
}
