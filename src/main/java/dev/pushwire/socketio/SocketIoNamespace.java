package dev.pushwire.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A bean that serves a Socket.IO namespace, by methods with {@link BeforeConnect}, {@link OnConnect}, {@link OnEvent},
 * {@link OnDisconnecting} and {@link OnDisconnect}. Several beans may serve the same. The methods run on virtual threads, and may
 * block. For one client of a namespace they come one after the other, and in this order:
 * {@code beforeConnect (onConnect onEvent* onDisconnecting onDisconnect)?}; for several clients at the same time.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SocketIoNamespace {
    /** The namespace, beginning with a slash. */
    String value() default "/";

    /**
     * Instead of {@link #value}: a regular expression that whole names match, each a namespace of its own that exists as long as
     * clients are connected to it. A namespace of that very name goes first.
     */
    String pattern() default "";

    /**
     * Whether a client that was disconnected, and comes back soon, is the same socket as before, with its rooms and its data, and gets
     * what it missed. Its events have one more argument then, a string: their position. All beans of a namespace say the same.
     */
    boolean recovers() default false;
}
