package dev.pushwire.protocol;

/**
 * How far the closing handshake is (RFC 6455, sections 7.1.2–7.1.4), as all the transitions there are. Sending or
 * receiving a second Close changes nothing.
 */
public enum ClosingHandshake {
    /** Neither side has sent a Close. */
    NOT_STARTED,
    /** Ours is sent: "an endpoint MUST NOT send any more data frames", and waits for the peer's. */
    SENT,
    /** The peer's has arrived: what it sends from now on is ignored, and ours is due. */
    RECEIVED,
    /** Both: <i>The WebSocket Closing Handshake is Complete</i>, and the server closes the TCP connection. */
    COMPLETE;

    public ClosingHandshake sent() {
        return this == NOT_STARTED || this == SENT ? SENT : COMPLETE;
    }

    public ClosingHandshake received() {
        return this == NOT_STARTED || this == RECEIVED ? RECEIVED : COMPLETE;
    }

    /** Whether data frames may still be sent. */
    public boolean maySend() {
        return this == NOT_STARTED || this == RECEIVED;
    }
}
