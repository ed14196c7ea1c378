package dev.pushwire.polling;

/** The answer to a {@link SessionRequest}. */
public sealed interface SessionAnswer {
    /** The request was carried out: the messages were taken, or the session ends. */
    record Done() implements SessionAnswer {}

    /**
     * @param content what the client is sent; empty if nothing came, or another poll replaced this one; must not be
     *     changed
     */
    @SuppressWarnings("ArrayRecordComponent") // may be a megabyte, and is never compared
    record Batch(byte[] content) implements SessionAnswer {}

    /** The request was not carried out; {@link #UNREACHABLE} may have been. */
    enum Refused implements SessionAnswer {
        /** No node has such a session. */
        UNKNOWN,
        /** The session belongs to another principal. */
        FOREIGN,
        /** The number of the request is not possible now. */
        OUT_OF_ORDER,
        /** Too much waits for the endpoint, or the request has waited for too long. The client may send it again. */
        BUSY,
        /**
         * The node of the session does not answer at the moment, so nobody knows what came of the request. The client
         * may send the same request again.
         */
        UNREACHABLE,
        /** The door could not read the request. */
        MALFORMED
    }
}
