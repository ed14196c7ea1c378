package dev.pushwire.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A client emitted an event. Each argument of the event is read by the application's Jackson as the type of the parameter at its
 * place; binary data as {@code byte[]}. A parameter without an argument is null; an argument without a parameter is left out.
 * Parameters of these types take no argument, wherever they stand: the {@link Socket}, and {@link Ack} to answer with. One
 * of type {@link Arguments} is all of them, as they came.
 *
 * <p>The answer of a client that asks for one: what is sent by a parameter of type {@link Ack}; otherwise what the method returns, or
 * what a {@link java.util.concurrent.CompletionStage} that it returns comes to; for {@code void} an answer without arguments.
 * {@link Arguments} are sent as they are.
 *
 * <p>What it throws is logged; the client gets no answer then, and stays connected. So it is when an argument is not what the method
 * takes, without a line in the log.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnEvent {
    /** The event's name; no two methods of a namespace have the same. */
    String value();
}
