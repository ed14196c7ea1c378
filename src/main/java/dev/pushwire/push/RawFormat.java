package dev.pushwire.push;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.OutboundMessage;
import org.jspecify.annotations.Nullable;

/** The format of a topic's own WebSocket: each publication as it was published, and nothing else. */
final class RawFormat implements MessageFormat {
    static final RawFormat INSTANCE = new RawFormat();

    private RawFormat() {}

    @Override
    public OutboundMessage publication(Publication publication) {
        Payload payload = publication.payload();
        return payload.kind() == Payload.Kind.BINARY
                ? OutboundMessage.binary(payload.bytes())
                : OutboundMessage.utf8(payload.bytes());
    }

    @Override
    public @Nullable OutboundMessage resumed(TopicName topic, Position from, boolean complete) {
        return null;
    }
}
