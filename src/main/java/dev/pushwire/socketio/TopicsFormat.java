package dev.pushwire.socketio;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.push.MessageFormat;
import dev.pushwire.push.Subscribed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Encodes what happens on topics as events of the namespace {@code /topics}. */
final class TopicsFormat implements MessageFormat {
    static final TopicsFormat INSTANCE = new TopicsFormat();

    private TopicsFormat() {}

    @Override
    public OutboundMessage publication(Publication publication) {
        return event("publication", TopicsJson.publication(publication), attachments(publication));
    }

    @Override
    public ByPattern byPattern(Publication publication) {
        List<ByteBuffer> attachments = attachments(publication);
        String behindBrace = TopicsJson.publication(publication).substring(1) + "]";
        OutboundMessage rest = Outgoing.message(behindBrace, attachments);
        return pattern -> rest.withHead(beginning(pattern, attachments.size()));
    }

    /** The beginning of a packet with a publication that came by a pattern. A pattern has nothing to escape. */
    private static byte[] beginning(TopicPattern pattern, int attachments) {
        String event = "[\"publication\",{\"subscription\":\"" + pattern.value() + "\",";
        String packet = PacketWriter.event(TopicsNamespace.NAME, Packet.NO_ACK, event, attachments);
        return Outgoing.framed(packet).getBytes(StandardCharsets.US_ASCII);
    }

    private static List<ByteBuffer> attachments(Publication publication) {
        Payload payload = publication.payload();
        return payload.kind() == Payload.Kind.BINARY ? List.of(payload.bytes()) : List.of();
    }

    @Override
    public OutboundMessage subscribed(Subscribed begun, String connection) {
        return event("subscribed", TopicsJson.subscribed(begun, connection));
    }

    @Override
    public OutboundMessage unsubscribed(TopicPattern topic) {
        return event("unsubscribed", TopicsJson.topic(topic.value()));
    }

    @Override
    public OutboundMessage resumed(TopicName topic, Position from, boolean complete) {
        return event("resumed", TopicsJson.resumed(topic, from, complete));
    }

    @Override
    public OutboundMessage joined(TopicName topic, Member member) {
        return event("joined", TopicsJson.member(topic, member));
    }

    @Override
    public OutboundMessage left(TopicName topic, Member member) {
        return event("left", TopicsJson.member(topic, member));
    }

    static OutboundMessage event(String name, String json) {
        return event(name, json, List.of());
    }

    private static OutboundMessage event(String name, String json, List<ByteBuffer> attachments) {
        String text = PacketWriter.event(
                TopicsNamespace.NAME, Packet.NO_ACK, "[\"" + name + "\"," + json + "]", attachments.size());
        return Outgoing.of(text, attachments, false).message();
    }
}
