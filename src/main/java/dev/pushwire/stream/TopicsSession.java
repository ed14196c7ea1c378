package dev.pushwire.stream;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.stream.NamedEventFormat.Place;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream of several topics, as the hub sees it. It keeps the stream's position in each topic, and gives every event
 * an id with all positions. Two topics may be published to at once, so sending takes turns. Thread-safe.
 */
final class TopicsSession implements LeasedSession {
    private final LeasedSession stream;
    private final List<TopicPattern> topics;
    private final List<@Nullable Position> positions; // guarded by this
    private final List<TopicPattern> subscribed = new ArrayList<>(0); // only the endpoint's calls use it

    TopicsSession(Session stream, StreamRequest wanted) {
        this.stream = LeasedSession.of(stream);
        this.topics = wanted.topics();
        this.positions = new ArrayList<>(topics.size());
        for (int i = 0; i < topics.size(); i++) {
            positions.add(wanted.resumption().of(i));
        }
    }

    List<TopicPattern> topics() {
        return topics;
    }

    /** The {@link #topics} that the stream is subscribed to by now. */
    List<TopicPattern> subscribed() {
        return subscribed;
    }

    /** A topic begins here. */
    synchronized void begin(int topic, Position position, boolean whole) {
        positions.set(topic, position);
        stream.sendUnpaced(StreamEvents.begins(EventId.of(positions), topics.get(topic), position, whole));
    }

    /** A pattern begins now. */
    synchronized void begin(int pattern, boolean whole) {
        stream.sendUnpaced(StreamEvents.begins(EventId.of(positions), topics.get(pattern), whole));
    }

    @Override
    public void send(OutboundMessage message) {
        sendUnpaced(message);
    }

    @Override
    public synchronized void sendUnpaced(OutboundMessage message) {
        stream.sendUnpaced(withId(message));
    }

    @Override
    public synchronized boolean offer(OutboundMessage message) {
        return stream.offer(withId(message));
    }

    private OutboundMessage withId(OutboundMessage message) {
        if (message.about() instanceof Place place) {
            int topic = topics.indexOf(TopicPattern.exactly(place.topic()));
            if (topic >= 0) {
                positions.set(topic, place.position());
            }
        }
        return message.withHead(NamedEventFormat.head(EventId.of(positions)));
    }

    @Override
    public void send(String text) {
        send(OutboundMessage.text(text));
    }

    @Override
    public void send(Text text) {
        send(OutboundMessage.text(text));
    }

    @Override
    public void send(ByteBuffer data) {
        throw new UnsupportedOperationException("An event stream is text");
    }

    @Override
    public String id() {
        return stream.id();
    }

    @Override
    public AccessLease lease() {
        return stream.lease();
    }

    @Override
    public boolean replaceLease(AccessLease present, AccessLease next) {
        return stream.replaceLease(present, next);
    }

    @Override
    public @Nullable String subprotocol() {
        return stream.subprotocol();
    }

    @Override
    public Map<String, String> pathVariables() {
        return stream.pathVariables();
    }

    @Override
    public String remoteAddress() {
        return stream.remoteAddress();
    }

    @Override
    public Map<String, Object> attributes() {
        return stream.attributes();
    }

    @Override
    public boolean isOpen() {
        return stream.isOpen();
    }

    @Override
    public long backlog() {
        return stream.backlog();
    }

    @Override
    public void heartbeat(@Nullable Heartbeat heartbeat) {
        stream.heartbeat(heartbeat);
    }

    @Override
    public void close(CloseStatus status) {
        stream.close(status);
    }

    @Override
    public String toString() {
        return stream.toString();
    }
}
