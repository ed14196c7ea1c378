package dev.pushwire.connection;

/** The phase of a connection. It only goes forward. */
enum Phase {
    OPEN,
    /** Our Close is in the outbox, or sent. The endpoint has not been told: the peer's Close may still say how it ends. */
    CLOSING,
    /** The endpoint has been told, and nothing that arrives matters any more. What waits is still sent. */
    FINISHING,
    /**
     * Everything is sent, and our side is shut. What still arrives is read and discarded until the peer shuts its side.
     * Closing a socket with unread input would reset it, and the peer would lose our Close.
     */
    LINGERING,
    CLOSED
}
