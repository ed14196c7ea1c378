package dev.pushwire.connection;

/** The result of a collection, see {@link MailboxTransport#collect}. */
public sealed interface Collected {
    /** @param content whole messages in the framing of their connection, one after the other; must not be changed */
    @SuppressWarnings("ArrayRecordComponent") // may be a megabyte, and is never compared
    record Batch(byte[] content) implements Collected {}

    /** Nothing came while the collector waited. */
    record Nothing() implements Collected {}

    /** Another collector came. */
    record Overtaken() implements Collected {}

    /** The acknowledged batch is neither the last one nor the one before it. */
    record Unknown() implements Collected {}

    /** The session is over. Nothing more will come. */
    record Ended() implements Collected {}
}
