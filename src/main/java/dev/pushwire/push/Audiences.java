package dev.pushwire.push;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The subscribers to one topic or pattern, by format: one or two audiences, each made for its first subscriber. Thread-safe. */
final class Audiences {
    private final SessionGroup.Factory groups;
    private final List<Audience> audiences = new CopyOnWriteArrayList<>();

    Audiences(SessionGroup.Factory groups) {
        this.groups = groups;
    }

    /** @return whether the session was not in before, and is open */
    boolean add(MessageFormat format, Session session) {
        return of(format).add(session);
    }

    /** @return whether the session was in */
    boolean remove(MessageFormat format, Session session) {
        Audience audience = known(format);
        return audience != null && audience.remove(session);
    }

    boolean isEmpty() {
        return size() == 0;
    }

    int size() {
        int sum = 0;
        for (Audience audience : audiences) {
            sum += audience.size();
        }
        return sum;
    }

    /** See {@link Audience#listeners}. */
    int listeners() {
        int sum = 0;
        for (Audience audience : audiences) {
            sum += audience.listeners();
        }
        return sum;
    }

    /** Sends to all who can be told, and closes the others if so asked. */
    void tell(Function<MessageFormat, @Nullable OutboundMessage> message, boolean orClose) {
        for (Audience audience : audiences) {
            OutboundMessage made = audience.size() == 0 ? null : message.apply(audience.format());
            if (made != null) {
                audience.group().send(made);
            } else if (orClose) {
                audience.group().close(PushClose.NOT_RECOVERED.status());
            }
        }
    }

    /** Adds the groups of the given format that somebody is in. */
    void collect(MessageFormat format, List<SessionGroup> to) {
        Audience audience = known(format);
        if (audience != null && audience.size() > 0) {
            to.add(audience.group());
        }
    }

    /** The formats in use. */
    void collectFormats(List<MessageFormat> to) {
        for (Audience audience : audiences) {
            if (audience.size() > 0 && !to.contains(audience.format())) {
                to.add(audience.format());
            }
        }
    }

    private @Nullable Audience known(MessageFormat format) {
        for (Audience audience : audiences) {
            if (audience.format() == format) {
                return audience;
            }
        }
        return null;
    }

    private synchronized Audience of(MessageFormat format) {
        Audience audience = known(format);
        if (audience == null) {
            audience = new Audience(format, groups.createUnpaced());
            audiences.add(audience);
        }
        return audience;
    }
}
