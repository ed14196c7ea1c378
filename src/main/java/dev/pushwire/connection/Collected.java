package dev.pushwire.connection;

/** What a collection brought, see {@link MailboxTransport#collect}. */
public sealed interface Collected {
    /** @param content messages in the framing of their connection, whole, one behind the other; not to be changed */
    @SuppressWarnings("ArrayRecordComponent") // may be a megabyte, and is compared by nobody
    record Batch(byte[] content) implements Collected {}

    /** Nothing came in the time that the collector would wait. */
    record Nothing() implements Collected {}

    /** Another collector came. */
    record Overtaken() implements Collected {}

    /** What was acknowledged is neither the batch before the last nor the last. */
    record Unknown() implements Collected {}

    /** The session is over. Nothing more will come. */
    record Ended() implements Collected {}
}
