package dev.pushwire.push;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers to one topic or pattern, by format: one or two audiences, each made for its first subscriber. Who is in is
 * known to the groups alone; here they are counted, those too that an event loop is yet to take in. Thread-safe.
 */
final class Audiences implements SessionGroup.Listener {
    private static final AtomicIntegerFieldUpdater<Audiences> SIZE =
            AtomicIntegerFieldUpdater.newUpdater(Audiences.class, "size");

    private final SessionGroup.Factory groups;
    private final Listener listener;
    private volatile @Nullable Audience audiences; // written under the lock
    private volatile int size;

    /** Is told of those who come and go, as a {@link SessionGroup.Listener} is. */
    interface Listener {
        /** @param size how many there are now */
        void sized(int change, int size);
    }

    Audiences(SessionGroup.Factory groups, Listener listener) {
        this.groups = groups;
        this.listener = listener;
    }

    void add(MessageFormat format, Session session) {
        of(format).group().add(session);
    }

    void remove(MessageFormat format, Session session) {
        Audience audience = known(format);
        if (audience != null) {
            audience.group().remove(session);
        }
    }

    @Override
    public void sized(int change) {
        listener.sized(change, SIZE.addAndGet(this, change));
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many get what is sent; not those whose connection ends. To be asked after sending. */
    int size() {
        return size;
    }

    /** Sends to all who can be told, and closes the others if so asked. */
    void tell(Function<MessageFormat, @Nullable OutboundMessage> message, boolean orClose) {
        for (Audience audience = audiences; audience != null; audience = audience.before()) {
            OutboundMessage made = audience.group().size() == 0 ? null : message.apply(audience.format());
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
        if (audience != null && audience.group().size() > 0) {
            to.add(audience.group());
        }
    }

    /** The formats in use. */
    void collectFormats(List<MessageFormat> to) {
        for (Audience audience = audiences; audience != null; audience = audience.before()) {
            if (audience.group().size() > 0 && !to.contains(audience.format())) {
                to.add(audience.format());
            }
        }
    }

    private @Nullable Audience known(MessageFormat format) {
        Audience audience = audiences;
        while (audience != null && audience.format() != format) {
            audience = audience.before();
        }
        return audience;
    }

    private Audience of(MessageFormat format) {
        Audience audience = known(format);
        return audience == null ? make(format) : audience;
    }

    private synchronized Audience make(MessageFormat format) {
        Audience audience = known(format);
        if (audience == null) {
            audience = new Audience(format, groups.createUnpaced(this), audiences);
            audiences = audience;
        }
        return audience;
    }
}
