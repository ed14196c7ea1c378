package dev.pushwire.socketio;

/**
 * Is told what goes on, for meters. A namespace that matches a pattern is told of by the pattern. On any thread; must neither wait
 * nor throw.
 */
public interface SocketIoListener {
    /** Why a client could not connect to a namespace. */
    enum Refusal {
        /** There is no such namespace. Told without its name, which the client made up. */
        INVALID_NAMESPACE,
        /** The client is connected to as many as it may be. */
        TOO_MANY_NAMESPACES,
        /** It needs a token, or its token is not good. */
        UNAUTHENTICATED,
        /** The application refused it. */
        REFUSED,
        /** What the application does to find out failed. */
        FAILED,
        /** This node cannot take part in the namespace, since the broker is away. */
        UNAVAILABLE
    }

    /** What became of an answer that was asked for, or that came. */
    enum AckResult {
        /** It came in time. */
        ANSWERED,
        /** It did not come in time, or the client left. */
        MISSING,
        /** It came when nobody waited for it. */
        UNEXPECTED
    }

    /** The namespace is served. */
    void announced(String namespace);

    /** One more socket. */
    void connected(String namespace);

    /** One socket less. */
    void disconnected(String namespace, DisconnectReason reason);

    /** @param namespace empty where there is none */
    void refused(String namespace, Refusal refusal);

    /**
     * An event came in.
     *
     * @param handled whether there is a handler for it
     */
    void received(String namespace, boolean handled);

    /** An event goes out, to one socket or many. */
    void emitted(String namespace);

    /** What became of a client that came back. */
    enum RecoveryResult {
        /** It goes on as if nothing had happened. */
        RECOVERED,
        /** Nothing is known of it: it was away for too long, its node has died, or there were too many. */
        UNKNOWN,
        /** It is not known any more what it missed. */
        INCOMPLETE
    }

    /** A client has come back. */
    void returned(String namespace, RecoveryResult result);

    /** Something for the sockets of all nodes could not be said, or asked, since the broker is away. */
    void unavailable(String namespace);

    /** After an interruption, something that other nodes have said is missing. */
    void interrupted(String namespace);

    void acked(String namespace, AckResult result);

    /** A handler threw something, or an argument was not what it takes. */
    void handlerFailed(String namespace);
}
