package dev.pushwire.socketio;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that is called when a client emits an event. The application's Jackson reads each argument of the
 * event as the type of the parameter in the same place; binary data is read as {@code byte[]}. A parameter without an
 * argument is null. An argument without a parameter is ignored.
 *
 * <p>Parameters of some types take no argument, wherever they are: the {@link Socket}, and an {@link Ack} for the
 * answer. A parameter of type {@link Arguments} takes all arguments, as they came.
 *
 * <p>If the client asks for an answer, a method with an {@link Ack} sends it by that. Otherwise the answer is the
 * method's result, or the value of a {@link java.util.concurrent.CompletionStage} that it returns. A {@code void}
 * method answers without arguments. {@link Arguments} are sent as they are.
 *
 * <p>An exception is logged. The client then gets no answer, and stays connected. The same happens if an argument does
 * not fit its parameter, but then nothing is logged.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OnEvent {
    /** The event's name. No two methods of a namespace may have the same. */
    String value();
}
