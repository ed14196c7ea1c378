package dev.pushwire.engineio;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Records;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The packet that ends a polled session, the last of all: {@code 1}. For a WebSocket of another node that carries the
 * session, it also has the status to close with: four digits, and the reason.
 */
final class Farewell {
    private static final Pattern WITH_REASON = Pattern.compile("1([1-4][0-9]{3})(.*)", Pattern.DOTALL);

    private Farewell() {}

    static OutboundMessage of(CloseStatus status) {
        return OutboundMessage.text(new EnginePacket(EnginePacket.Type.CLOSE, status.code() + status.reason()).text());
    }

    /** The status that a packet says to close with; null if it says none. */
    static @Nullable CloseStatus read(String packet) {
        Matcher found = WITH_REASON.matcher(packet);
        return found.matches() ? new CloseStatus(Integer.parseInt(found.group(1)), found.group(2)) : null;
    }

    /** The packets for a polling client: the last one has no reason. */
    static byte[] withoutReason(byte[] packets) {
        int last = packets.length;
        while (last > 0 && packets[last - 1] != Records.SEPARATOR) {
            last--;
        }
        boolean ends = last < packets.length && packets[last] == EnginePacket.Type.CLOSE.digit();
        return ends ? Arrays.copyOf(packets, last + 1) : packets;
    }
}
