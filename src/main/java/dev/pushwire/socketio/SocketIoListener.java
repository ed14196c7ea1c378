package dev.pushwire.socketio;

/**
 * Is told what happens, for meters. A namespace that matches a pattern is reported by the pattern. Calls come on any
 * thread, and must neither wait nor throw.
 */
public interface SocketIoListener {
    /** The reason why a client could not connect to a namespace. */
    enum Refusal {
        /** There is no such namespace. The name is not reported, since the client made it up. */
        INVALID_NAMESPACE,
        /** The client is connected to as many namespaces as it may be. */
        TOO_MANY_NAMESPACES,
        /** The client needs a token, or its token is not valid. */
        UNAUTHENTICATED,
        /** The application refused it. */
        REFUSED,
        /** The application's check failed. */
        FAILED,
        /** This node cannot take part in the namespace, since the broker is away. */
        UNAVAILABLE
    }

    /** What became of an acknowledgement. */
    enum AckResult {
        /** It came in time. */
        ANSWERED,
        /** It did not come in time, or the client left. */
        MISSING,
        /** It came although no caller waited for it. */
        UNEXPECTED
    }

    /** A namespace has a handler. */
    void announced(String namespace);

    /** A socket has connected. */
    void connected(String namespace);

    /** A socket has left. */
    void disconnected(String namespace, DisconnectReason reason);

    /**
     * A client was refused.
     *
     * @param namespace empty if there is none
     */
    void refused(String namespace, Refusal refusal);

    /**
     * An event came in.
     *
     * @param handled whether the event has a handler
     */
    void received(String namespace, boolean handled);

    /** An event goes out, to one socket or many. */
    void emitted(String namespace);

    /** What became of a returning client. */
    enum RecoveryResult {
        /** It continues as if nothing had happened. */
        RECOVERED,
        /** Its session is unknown: it was away for too long, its node has died, or there were too many sessions. */
        UNKNOWN,
        /** It is no longer known what it missed. */
        INCOMPLETE
    }

    /** A client has come back. */
    void returned(String namespace, RecoveryResult result);

    /** A directive or question for all nodes failed, since the broker is away. */
    void unavailable(String namespace);

    /** After an interruption, directives of other nodes are missing. */
    void interrupted(String namespace);

    void acked(String namespace, AckResult result);

    /** A handler threw an exception, or an argument did not fit it. */
    void handlerFailed(String namespace);
}
