package dev.pushwire.metrics;

import static java.util.Map.entry;

import dev.pushwire.connection.Ending;
import dev.pushwire.endpoint.spi.AccessStatus;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.tomcat.HandshakeResult;
import java.util.List;
import java.util.Map;

/**
 * The handshakes and endings that every endpoint may see. They are counted from 0 on, before there is one. Prometheus
 * sees no increase in a series that begins with its first event, and an alert would miss it.
 */
final class PreregisteredSeries {
    /**
     * The codes that the endpoint is told, by ending. Of the codes that peers and applications choose, the usual ones.
     */
    static final Map<Class<? extends Ending>, List<Integer>> CLOSE_CODES = Map.ofEntries(
            entry(
                    Ending.PeerClosed.class,
                    List.of(CloseCode.NORMAL_CLOSURE, CloseCode.GOING_AWAY, CloseCode.NO_STATUS_RECEIVED)),
            entry(
                    Ending.AppClosed.class,
                    List.of(CloseCode.NORMAL_CLOSURE, CloseCode.GOING_AWAY, CloseCode.UNSUPPORTED_DATA)),
            entry(
                    Ending.PeerViolated.class,
                    List.of(CloseCode.PROTOCOL_ERROR, CloseCode.INVALID_FRAME_PAYLOAD_DATA, CloseCode.MESSAGE_TOO_BIG)),
            entry(Ending.AppFailed.class, List.of(CloseCode.INTERNAL_ERROR)),
            entry(Ending.Backlogged.class, List.of(CloseCode.TRY_AGAIN_LATER)),
            entry(Ending.ShortOfMemory.class, List.of(CloseCode.TRY_AGAIN_LATER)),
            entry(Ending.WentQuiet.class, List.of(CloseCode.GOING_AWAY)),
            entry(Ending.IdledOut.class, List.of(CloseCode.GOING_AWAY)),
            entry(
                    Ending.AccessEnded.class,
                    List.of(AccessStatus.UNAUTHENTICATED.code(), AccessStatus.TOKEN_EXPIRED.code())),
            entry(Ending.TooManyMessages.class, List.of(AccessStatus.TOO_MANY_MESSAGES.code())),
            entry(Ending.LifetimeOver.class, List.of(CloseCode.SERVICE_RESTART)),
            entry(Ending.ServerStopping.class, List.of(CloseCode.GOING_AWAY)),
            entry(Ending.SessionMoved.class, List.of(CloseCode.NORMAL_CLOSURE)),
            entry(Ending.PeerVanished.class, List.of(CloseCode.ABNORMAL_CLOSURE)),
            entry(Ending.TransportFailed.class, List.of(CloseCode.ABNORMAL_CLOSURE)),
            entry(Ending.ClosingTimedOut.class, List.of(CloseCode.ABNORMAL_CLOSURE)));

    /** The HTTP statuses of requests that Tomcat refuses by itself. */
    static final List<Integer> REFUSED_REQUESTS = List.of(400, 417, 501, 503, 505);

    private PreregisteredSeries() {}

    /** The HTTP statuses of a result. */
    static List<Integer> statuses(HandshakeResult result) {
        return switch (result) {
            case ACCEPTED -> List.of(101);
            case METHOD -> List.of(405);
            case VERSION -> List.of(426);
            case MALFORMED -> List.of(400);
            case ORIGIN -> List.of(403);
            case FULL, SHORT_OF_MEMORY, DRAINING -> List.of(503);
            case NOT_ADMITTED -> List.of(401, 429, 503);
            case REFUSED, UNMAPPED -> List.of(); // the endpoint's choice, and the application's
            case FAILED -> List.of(500);
        };
    }
}
