package dev.pushwire.polling;

/** What became of a {@link SessionRequest}. */
public sealed interface SessionAnswer {
    /** The request was carried out: messages were taken, the session ends. */
    record Done() implements SessionAnswer {}

    /** @param content what the client is sent; empty if nothing came, or another poll took this one's place. Not to be changed */
    @SuppressWarnings("ArrayRecordComponent") // may be a megabyte, and is compared by nobody
    record Batch(byte[] content) implements SessionAnswer {}

    /** The request was not carried out. */
    enum Refused implements SessionAnswer {
        /** There is no such session, on no node. */
        UNKNOWN,
        /** It is another principal's. */
        FOREIGN,
        /** The number is none of those that are possible. */
        OUT_OF_ORDER,
        /** Too much waits for the endpoint. The same request may be sent again. */
        BUSY,
        /** The node that has it does not answer for the moment. The same request may be sent again. */
        UNREACHABLE,
        /** What the door could not read. */
        MALFORMED
    }
}
