package dev.pushwire.engineio;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import java.time.Duration;
import java.util.Set;

/**
 * The settings that clients are told when a session begins.
 *
 * @param transports the transports that a session may begin with
 * @param allowUpgrades whether a session may continue over a WebSocket after it has begun with polling
 * @param pingInterval the time between two pings of the server
 * @param pingTimeout how long a client may take to answer a ping
 * @param maxPayload the largest message that a client may send, in bytes
 */
public record EngineSettings(
        Set<Transport> transports, boolean allowUpgrades, Duration pingInterval, Duration pingTimeout, int maxPayload) {
    private static final int LARGEST_BODY = 1024 * 1024;

    /** What carries packets; the names are those of the protocol, in capital letters. */
    public enum Transport {
        POLLING,
        WEBSOCKET
    }

    boolean polls() {
        return transports.contains(Transport.POLLING);
    }

    boolean hasWebSockets() {
        return transports.contains(Transport.WEBSOCKET);
    }

    boolean upgrades() {
        return allowUpgrades && hasWebSockets();
    }

    /** The largest body of a request, in bytes. The body may have to go to another node in one piece. */
    int maxBody() {
        return Math.min(maxPayload, LARGEST_BODY);
    }

    /** How long a client may be silent, and how long it may leave its messages uncollected. */
    public Duration patience() {
        return pingInterval.plus(pingTimeout);
    }

    /**
     * How often the event loops check for due and unanswered pings: a quarter of the shorter time, from 10 ms to 1 s.
     */
    public Duration sweepInterval() {
        long shortest = Math.min(pingInterval.toMillis(), pingTimeout.toMillis());
        return Duration.ofMillis(Math.clamp(shortest / 4, 10, 1000));
    }

    /** Pings clients, and ends silent ones. All sessions share it. */
    Heartbeat heartbeat() {
        OutboundMessage ping = OutboundMessage.text(new EnginePacket(EnginePacket.Type.PING, "").text());
        return new Heartbeat(pingInterval, ping, Heartbeat.Rhythm.STEADY, patience());
    }
}
