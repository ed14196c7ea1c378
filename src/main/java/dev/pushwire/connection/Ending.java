package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.AccessStatus;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;

/** Every way a connection can end; what follows from each is in {@link #plan}. */
public sealed interface Ending {
    /** The peer began the closing handshake. */
    record PeerClosed(CloseStatus status) implements Ending {}

    /** The application began the closing handshake. */
    record AppClosed(CloseStatus status) implements Ending {}

    /** The peer broke the protocol or a limit. */
    record PeerViolated(ProtocolException violation) implements Ending {}

    /** A callback of the endpoint threw. */
    record AppFailed(Throwable cause) implements Ending {}

    /**
     * The peer reads slower than it is sent to.
     *
     * @param bytes how much waited for it
     */
    record Backlogged(long bytes) implements Ending {}

    /**
     * All connections together hold more memory than they may, and this one is among those that hold most.
     *
     * @param bytes how much was held for it
     */
    record ShortOfMemory(long bytes) implements Ending {}

    /** The peer gave no sign of life. */
    record WentQuiet() implements Ending {}

    /** The peer lives, but for too long neither side had anything to say. */
    record IdledOut() implements Ending {}

    /** The connection is as old as it may become. */
    record LifetimeOver() implements Ending {}

    /** The access with which the peer was admitted is over. */
    record AccessEnded(CloseStatus status) implements Ending {}

    /** The peer sends more messages in a second than it may. */
    record TooManyMessages() implements Ending {}

    /** The service is about to stop. */
    record ServerStopping() implements Ending {}

    /** The peer goes on over another connection, to which the session has moved. */
    record SessionMoved() implements Ending {}

    /** The peer's TCP connection ended without a Close. */
    record PeerVanished() implements Ending {}

    /** Reading or writing failed. */
    record TransportFailed(Throwable cause) implements Ending {}

    /** We sent a Close, and the peer's did not come in time. */
    record ClosingTimedOut() implements Ending {}

    /** How loud an ending is in the log. */
    enum Loudness {
        DEBUG,
        INFO,
        ERROR
    }

    /**
     * What follows from an ending.
     *
     * @param toPeer the Close to send; null for none
     * @param awaitsPeer whether the connection waits for the peer's Close before it is over
     * @param overtakes whether the Close goes out before the messages that wait, which are dropped
     * @param toEndpoint what {@code onClose} is told
     */
    record Plan(
            @Nullable CloseStatus toPeer,
            boolean awaitsPeer,
            boolean overtakes,
            CloseStatus toEndpoint,
            Loudness loudness) {}

    /**
     * The table of endings. Reasons on the wire are constants, never an exception's message; with one exception: the
     * answer to the peer's Close repeats its reason (RFC 6455, section 5.5.1), which is UTF-8 of at most 123 bytes.
     *
     * <pre>
     * ending            to the peer            awaits  overtakes  to the endpoint  log
     * PeerClosed        the same               no      no         its status       debug
     * AppClosed         its status             yes     no         its status       debug
     * PeerViolated      1002, 1007 or 1009     no      no         the same         debug
     * AppFailed         1011                   no      no         1011             error
     * Backlogged        1013                   no      yes        1013             info
     * ShortOfMemory     1013                   no      yes        1013             info
     * WentQuiet         1001                   no      yes        1001             info
     * IdledOut          1001                   no      yes        1001             debug
     * AccessEnded       4401 or 4403           yes     yes        the same         debug
     * TooManyMessages   4429                   no      no         4429             info
     * ServerStopping    1001                   yes     no         1001             debug
     * LifetimeOver      1012                   yes     no         1012             debug
     * SessionMoved      nothing                no      –          1000             debug
     * PeerVanished      nothing                no      –          1006             debug
     * TransportFailed   nothing                no      –          1006             debug
     * ClosingTimedOut   nothing more           no      –          1006             info
     * </pre>
     */
    default Plan plan() {
        return switch (this) {
            case PeerClosed(CloseStatus status) -> new Plan(status, false, false, status, Loudness.DEBUG);
            case AppClosed(CloseStatus status) -> new Plan(status, true, false, status, Loudness.DEBUG);
            case PeerViolated(ProtocolException violation) ->
                new Plan(violation.status(), false, false, violation.status(), Loudness.DEBUG);
            case AppFailed _ -> both(CloseCode.INTERNAL_ERROR, "the endpoint failed", false, false, Loudness.ERROR);
            case Backlogged _ ->
                both(CloseCode.TRY_AGAIN_LATER, "reads too slowly; retry in 1 s", false, true, Loudness.INFO);
            case ShortOfMemory _ ->
                both(
                        CloseCode.TRY_AGAIN_LATER,
                        "the server is short of memory; retry in 10 s",
                        false,
                        true,
                        Loudness.INFO);
            case WentQuiet _ -> both(CloseCode.GOING_AWAY, "no sign of life", false, true, Loudness.INFO);
            case IdledOut _ -> both(CloseCode.GOING_AWAY, "idle for too long", false, true, Loudness.DEBUG);
            case AccessEnded(CloseStatus status) -> new Plan(status, true, true, status, Loudness.DEBUG);
            case TooManyMessages _ -> {
                CloseStatus status = AccessStatus.TOO_MANY_MESSAGES;
                yield new Plan(status, false, false, status, Loudness.INFO);
            }
            case ServerStopping _ ->
                both(CloseCode.GOING_AWAY, "the server is about to stop", true, false, Loudness.DEBUG);
            case LifetimeOver _ -> both(CloseCode.SERVICE_RESTART, "please connect again", true, false, Loudness.DEBUG);
            case SessionMoved _ -> new Plan(null, false, false, CloseStatus.NORMAL, Loudness.DEBUG);
            case PeerVanished _, TransportFailed _ ->
                new Plan(null, false, false, CloseStatus.ABNORMAL, Loudness.DEBUG);
            case ClosingTimedOut _ -> new Plan(null, false, false, CloseStatus.ABNORMAL, Loudness.INFO);
        };
    }

    private static Plan both(int code, String reason, boolean awaitsPeer, boolean overtakes, Loudness loudness) {
        CloseStatus status = new CloseStatus(code, reason);
        return new Plan(status, awaitsPeer, overtakes, status, loudness);
    }
}
