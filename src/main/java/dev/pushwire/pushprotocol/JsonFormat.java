package dev.pushwire.pushprotocol;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.push.MessageFormat;
import dev.pushwire.push.Subscribed;

/** The publications and events of topics in the protocol's own form. */
final class JsonFormat implements MessageFormat {
    static final JsonFormat INSTANCE = new JsonFormat();

    private JsonFormat() {}

    @Override
    public OutboundMessage publication(Publication publication) {
        return OutboundMessage.utf8(PublicationWriter.write(publication));
    }

    @Override
    public ByPattern byPattern(Publication publication) {
        OutboundMessage rest = OutboundMessage.utf8(PublicationWriter.writeBehindBrace(publication));
        return pattern -> rest.withHead(PublicationWriter.beginning(pattern));
    }

    @Override
    public OutboundMessage subscribed(Subscribed begun, String connection) {
        return OutboundMessage.text(Json.subscribed(null, begun, connection));
    }

    @Override
    public OutboundMessage unsubscribed(TopicPattern topic) {
        return OutboundMessage.text(Json.unsubscribed(topic));
    }

    @Override
    public OutboundMessage resumed(TopicName topic, Position from, boolean complete) {
        return OutboundMessage.text(Json.resumed(topic, from, complete));
    }

    @Override
    public OutboundMessage joined(TopicName topic, Member member) {
        return OutboundMessage.text(Json.member("joined", topic, member));
    }

    @Override
    public OutboundMessage left(TopicName topic, Member member) {
        return OutboundMessage.text(Json.member("left", topic, member));
    }
}
