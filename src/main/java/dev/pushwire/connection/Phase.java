package dev.pushwire.connection;

/** Where a connection is on its way; it never goes back. */
enum Phase {
    OPEN,
    /** Our Close is in the outbox, or sent. The endpoint has not been told: the peer's Close may still say how it ends. */
    CLOSING,
    /** The endpoint has been told, and nothing that arrives matters any more. What waits is sent. */
    FINISHING,
    /**
     * All is sent and our side is shut. What still arrives is read and thrown away until the peer shuts its side: to
     * close a socket with unread input resets it, and the peer would lose our Close.
     */
    LINGERING,
    CLOSED
}
