package dev.pushwire.stream;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.push.MessageFormat;

/**
 * The events of {@code /topics/{topic}}: each publication as it was published, with its position as the id. Bytes are
 * in base64.
 */
final class EventFormat implements MessageFormat {
    static final EventFormat INSTANCE = new EventFormat();

    private EventFormat() {}

    @Override
    public OutboundMessage publication(Publication publication) {
        EventBlock block = new EventBlock().id(EventId.of(publication.position()));
        Payload payload = publication.payload();
        return OutboundMessage.utf8(
                switch (payload.kind()) {
                    case TEXT -> block.data(payload.bytes()).end();
                    case JSON -> block.data(EventJson.oneLine(payload.text())).end();
                    case BINARY ->
                        block.event(EventType.BINARY)
                                .data(EventJson.base64(payload.bytes()))
                                .end();
                });
    }

    @Override
    public OutboundMessage resumed(TopicName topic, Position from, boolean complete) {
        return OutboundMessage.utf8(new EventBlock()
                .id(EventId.of(from))
                .event(complete ? EventType.RESUMED : EventType.RESET)
                .data(EventJson.position(topic.value(), from))
                .end());
    }
}
