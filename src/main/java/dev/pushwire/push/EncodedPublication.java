package dev.pushwire.push;

import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.OutboundMessage;
import org.jspecify.annotations.Nullable;

/** A publication that is encoded at most once for each format. Thread-safe. */
final class EncodedPublication {
    private final Publication publication;
    private final OverflowPolicy slowConsumers;
    private @Nullable Form forms; // a list as short as there are formats; guarded by this

    EncodedPublication(Publication publication, OverflowPolicy slowConsumers) {
        this.publication = publication;
        this.slowConsumers = slowConsumers;
    }

    Publication publication() {
        return publication;
    }

    long offset() {
        return publication.offset();
    }

    synchronized OutboundMessage as(MessageFormat format) {
        for (Form form = forms; form != null; form = form.next) {
            if (form.format == format) {
                return form.message;
            }
        }
        OutboundMessage message = expendable(format.publication(publication));
        forms = new Form(format, message, forms);
        return message;
    }

    /** The message for subscribers by a pattern; null if they are sent the same message as subscribers by name. */
    MessageFormat.@Nullable ByPattern byPattern(MessageFormat format) {
        MessageFormat.ByPattern messages = format.byPattern(publication);
        return messages == null ? null : pattern -> expendable(messages.of(pattern));
    }

    private OutboundMessage expendable(OutboundMessage message) {
        return switch (slowConsumers) {
            case CLOSE -> message;
            case DROP_OLDEST -> message.orDropped();
            case CONFLATE -> message.orConflated(new Subject(publication.topic(), publication.key()));
        };
    }

    /** The subject of conflation. A publication without a key is about the topic itself. */
    private record Subject(TopicName topic, @Nullable String key) {}

    private record Form(
            MessageFormat format,
            OutboundMessage message,
            @Nullable Form next) {}
}
