package dev.pushwire.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that decides whether a client may connect to the namespace. It refuses the client by a
 * {@link ConnectRefusedException}. Several such methods are called one after the other, those of beans with a lower
 * {@code @Order} first.
 *
 * <p>The parameters, in any order, are the {@link Socket}, the {@link dev.pushwire.endpoint.Handshake}, and one of any
 * other type: the client's {@code auth}, which Jackson reads, or null if the client sent none. Any other exception
 * refuses the client, too, and its message is not sent.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BeforeConnect {}
