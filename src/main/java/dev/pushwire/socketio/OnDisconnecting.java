package dev.pushwire.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A client is about to leave the namespace: {@link Socket#rooms} has still the rooms that it was in. Parameters, in any order, are
 * the {@link Socket} and the {@link DisconnectReason}. What it throws is logged.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnDisconnecting {}
