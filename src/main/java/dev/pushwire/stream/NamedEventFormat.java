package dev.pushwire.stream;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.push.MessageFormat;
import java.nio.charset.StandardCharsets;

/**
 * The events of {@code /topics?topic=…}: each publication as JSON that names its topic. They have no id yet, since the
 * id tells the stream's position in all its topics. {@link TopicsSession} adds it, and finds the position in
 * {@link OutboundMessage#about}.
 */
final class NamedEventFormat implements MessageFormat {
    static final NamedEventFormat INSTANCE = new NamedEventFormat();

    private NamedEventFormat() {}

    /** The stream's position in one of its topics, once it has been sent a message. */
    record Place(TopicName topic, Position position) {}

    @Override
    public OutboundMessage publication(Publication publication) {
        return event(new EventBlock().data(EventJson.publication(publication)), placeOf(publication));
    }

    @Override
    public ByPattern byPattern(Publication publication) {
        String behindBrace = EventJson.publication(publication).substring(1) + "\n\n";
        OutboundMessage rest = OutboundMessage.text(behindBrace);
        return pattern -> rest.withHead(beginning(pattern)).about(placeOf(publication));
    }

    /** The beginning of the block of a publication that came by a pattern. A pattern has nothing to escape. */
    private static byte[] beginning(TopicPattern pattern) {
        return ("data: {\"subscription\":\"" + pattern.value() + "\",").getBytes(StandardCharsets.US_ASCII);
    }

    private static Place placeOf(Publication publication) {
        return new Place(publication.topic(), publication.position());
    }

    @Override
    public OutboundMessage resumed(TopicName topic, Position from, boolean complete) {
        return event(
                new EventBlock()
                        .event(complete ? EventType.RESUMED : EventType.RESET)
                        .data(EventJson.position(topic.value(), from)),
                new Place(topic, from));
    }

    private static OutboundMessage event(EventBlock block, Place place) {
        return OutboundMessage.utf8(block.end()).about(place);
    }

    /** The head of an event, within its block. */
    static byte[] head(String id) {
        return ("id: " + id + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
