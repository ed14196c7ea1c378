package dev.pushwire.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Decides whether a client may connect to the namespace: refuses it by a {@link ConnectRefusedException}. Several such methods are
 * asked one after the other, those of beans with a lower {@code @Order} first. Parameters, in any order, are the {@link Socket},
 * the {@link dev.pushwire.endpoint.Handshake}, and one of any other type: the client's {@code auth}, read by Jackson, or null
 * when it sent none. Any other exception refuses the client, too, and says nothing of itself.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BeforeConnect {}
