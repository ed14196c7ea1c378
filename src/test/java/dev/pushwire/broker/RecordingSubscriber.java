package dev.pushwire.broker;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber that keeps what it is told, as {@code news:1 hello}, {@code news joined ada}. */
public final class RecordingSubscriber implements Subscriber {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Publication> publications = new CopyOnWriteArrayList<>();

    public List<String> told() {
        return told;
    }

    public List<Publication> publications() {
        return publications;
    }

    /** The offsets of what was published to a topic, as they came. */
    public List<Long> offsets(TopicName topic) {
        return publications.stream()
                .filter(publication -> publication.topic().equals(topic))
                .map(Publication::offset)
                .toList();
    }

    @Override
    public void published(Publication publication) {
        publications.add(publication);
        told.add(publication.topic() + ":" + publication.offset() + " " + publication.payload());
    }

    @Override
    public void resumed(TopicName topic, Position from, boolean complete) {
        told.add(topic + " resumed from " + from.offset() + (complete ? "" : " incomplete"));
    }

    @Override
    public void joined(TopicName topic, Member member) {
        told.add(topic + " joined " + member.connection());
    }

    @Override
    public void left(TopicName topic, Member member) {
        told.add(topic + " left " + member.connection());
    }
}
