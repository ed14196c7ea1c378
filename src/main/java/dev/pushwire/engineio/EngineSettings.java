package dev.pushwire.engineio;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.engineio.EnginePacket.Text;
import java.time.Duration;

/**
 * What clients are told when a session begins, and hold to.
 *
 * @param pingInterval between two pings of the server
 * @param pingTimeout how long a client may take to answer one
 * @param maxPayload bytes of the largest message that a client may send
 */
public record EngineSettings(Duration pingInterval, Duration pingTimeout, int maxPayload) {
    /** Pings, and the end of a silent client: the same for all sessions. */
    Heartbeat heartbeat() {
        OutboundMessage ping = OutboundMessage.text(EngineCodec.write(new Text(EnginePacket.Type.PING, "")));
        return new Heartbeat(pingInterval, ping, Heartbeat.Rhythm.STEADY, pingInterval.plus(pingTimeout));
    }
}
