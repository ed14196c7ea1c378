package dev.pushwire.push;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.OutboundMessage;

/** Names the topic with each publication and interruption. */
final class NamingFormat implements MessageFormat {
    static final NamingFormat INSTANCE = new NamingFormat();

    private NamingFormat() {}

    @Override
    public OutboundMessage publication(Publication publication) {
        return OutboundMessage.text(
                publication.topic() + " " + publication.payload().text());
    }

    @Override
    public OutboundMessage resumed(TopicName topic, Position from, boolean complete) {
        return OutboundMessage.text(topic + " goes on at " + from + (complete ? "" : ", with a loss"));
    }
}
