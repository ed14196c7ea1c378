package dev.pushwire.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a bean that serves a Socket.IO namespace, by methods with {@link BeforeConnect}, {@link OnConnect},
 * {@link OnEvent}, {@link OnDisconnecting} and {@link OnDisconnect}. Several beans may serve the same namespace. The
 * methods run on virtual threads, and may block. For one client of a namespace the calls come one after the other, in
 * this order: {@code beforeConnect (onConnect onEvent* onDisconnecting onDisconnect)?}. For several clients they come
 * at the same time.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SocketIoNamespace {
    /** The name of the namespace, which begins with a slash. */
    String value() default "/";

    /**
     * A regular expression in place of {@link #value}. Each name that it matches as a whole is a namespace of its own,
     * which exists as long as clients are connected to it. A namespace with exactly that name goes first.
     */
    String pattern() default "";

    /**
     * Whether a disconnected client that comes back soon is the same socket as before, with its rooms and its data, and
     * gets what it missed. Its events then have one more argument, a string: their position. All beans of a namespace
     * must say the same.
     */
    boolean recovers() default false;
}
