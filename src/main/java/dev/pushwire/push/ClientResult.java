package dev.pushwire.push;

/**
 * The result of an action that a client asked for. A client's mistake is no exception: it is {@link Refused}.
 *
 * @param <T> the value that the client gets
 */
public sealed interface ClientResult<T> {
    /** The action was carried out. */
    record Done<T>(T value) implements ClientResult<T> {}

    /**
     * The action was not carried out, and nothing has changed. After {@link ClientRefusal#UNAVAILABLE} it may have been
     * carried out.
     *
     * @param sentence for people; it may say more than the sentence of the refusal
     */
    record Refused<T>(ClientRefusal refusal, String sentence) implements ClientResult<T> {
        Refused(ClientRefusal refusal) {
            this(refusal, refusal.sentence());
        }
    }
}
