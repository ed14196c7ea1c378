package dev.pushwire.push;

/**
 * What became of a thing that a client asked for. What a client does wrong is no exception: it is the other result.
 *
 * @param <T> what the client gets when it is done
 */
public sealed interface ClientResult<T> {
    /** It is done. */
    record Done<T>(T value) implements ClientResult<T> {}

    /**
     * It is not done, and all is as it was; but for {@link ClientRefusal#UNAVAILABLE}, which leaves that open.
     *
     * @param sentence for people; says more than that of the refusal where more is known
     */
    record Refused<T>(ClientRefusal refusal, String sentence) implements ClientResult<T> {
        Refused(ClientRefusal refusal) {
            this(refusal, refusal.sentence());
        }
    }
}
