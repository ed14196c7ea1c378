package dev.pushwire.stream;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.PushClose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The events of a stream besides publications. */
final class StreamEvents {
    /** Most proxies cut a connection that is silent for 30 or 60 seconds; HTML, section 9.2.7, advises 15 or so. */
    private static final Duration QUIET = Duration.ofSeconds(20);

    /**
     * A comment in a line of its own. It ends no block, since an empty line would take the client's id from it if it
     * has none yet.
     */
    static final Heartbeat HEARTBEAT = Heartbeat.whenQuiet(
            QUIET, OutboundMessage.utf8(ByteBuffer.wrap(":\n".getBytes(StandardCharsets.US_ASCII))));

    private StreamEvents() {}

    /**
     * The first bytes, which show the client and all proxies that there is a stream.
     *
     * @param id the id that a returning client brought. It would lose it at the first empty line (HTML, section 9.2.6:
     *     the last event ID buffer "must be initialized to the empty string"). Null for none
     */
    static OutboundMessage opening(@Nullable String id) {
        EventBlock block = new EventBlock().comment().retry(Retry.soon());
        return OutboundMessage.utf8((id == null ? block : block.id(id)).end());
    }

    /**
     * A topic begins here.
     *
     * @param whole whether the client has missed nothing
     */
    static OutboundMessage begins(String id, TopicPattern topic, Position position, boolean whole) {
        return OutboundMessage.utf8(new EventBlock()
                .id(id)
                .event(whole ? EventType.SUBSCRIBED : EventType.RESET)
                .data(EventJson.position(topic.value(), position))
                .end());
    }

    /** A pattern begins here. It has no position, since each of its topics has its own. */
    static OutboundMessage begins(String id, TopicPattern pattern, boolean whole) {
        return OutboundMessage.utf8(new EventBlock()
                .id(id)
                .event(whole ? EventType.SUBSCRIBED : EventType.RESET)
                .data(EventJson.topic(pattern.value()))
                .end());
    }

    /** The last event of a stream. */
    static OutboundMessage farewell(CloseStatus status) {
        boolean unavailable = status.code() == PushClose.UNAVAILABLE.status().code();
        EventBlock block = unavailable ? new EventBlock().retry(Retry.later()) : new EventBlock();
        return OutboundMessage.utf8(block.event(unavailable ? EventType.UNAVAILABLE : EventType.CLOSE)
                .data(EventJson.ending(status.code(), status.reason()))
                .end());
    }

    /** The whole of a stream that cannot begin, for a reason that will pass. */
    static ByteBuffer unavailable(@Nullable String id, String reason) {
        EventBlock block = new EventBlock().comment().retry(Retry.later());
        return (id == null ? block : block.id(id))
                .event(EventType.UNAVAILABLE)
                .data(EventJson.ending(PushClose.UNAVAILABLE.status().code(), reason))
                .end();
    }
}
