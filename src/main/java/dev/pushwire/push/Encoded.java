package dev.pushwire.push;

import dev.pushwire.broker.Publication;
import dev.pushwire.endpoint.OutboundMessage;
import org.jspecify.annotations.Nullable;

/** A publication, made into a message at most once for each format. Thread-safe. */
final class Encoded {
    private final Publication publication;
    private @Nullable Form forms; // a list as short as there are formats; guarded by this

    Encoded(Publication publication) {
        this.publication = publication;
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
        OutboundMessage message = format.publication(publication);
        forms = new Form(format, message, forms);
        return message;
    }

    private record Form(
            MessageFormat format,
            OutboundMessage message,
            @Nullable Form next) {}
}
