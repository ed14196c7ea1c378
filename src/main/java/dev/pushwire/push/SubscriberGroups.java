package dev.pushwire.push;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers to one topic or pattern, by format. There are one or two formats, and each group is made for its
 * first subscriber. Only the groups know their members. This class counts them, with those that an event loop is yet to
 * take in. Thread-safe.
 */
final class SubscriberGroups implements SessionGroup.Listener {
    private static final AtomicIntegerFieldUpdater<SubscriberGroups> SIZE =
            AtomicIntegerFieldUpdater.newUpdater(SubscriberGroups.class, "size");

    private final SessionGroup.Factory groups;
    private final Listener listener;
    private volatile @Nullable SubscriberGroup subscriberGroups; // written under the lock
    private volatile int size;

    /** Is told when subscribers come and go, as a {@link SessionGroup.Listener} is. */
    interface Listener {
        /** @param size how many there are now */
        void sized(int change, int size);
    }

    SubscriberGroups(SessionGroup.Factory groups, Listener listener) {
        this.groups = groups;
        this.listener = listener;
    }

    void add(MessageFormat format, Session session) {
        of(format).group().add(session);
    }

    void remove(MessageFormat format, Session session) {
        SubscriberGroup subscriberGroup = known(format);
        if (subscriberGroup != null) {
            subscriberGroup.group().remove(session);
        }
    }

    @Override
    public void sized(int change) {
        listener.sized(change, SIZE.addAndGet(this, change));
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many sessions get what is sent, without those whose connection is ending. The caller asks after sending. */
    int size() {
        return size;
    }

    /** Sends to all subscribers that can be told. */
    void tell(Function<MessageFormat, @Nullable OutboundMessage> message) {
        for (SubscriberGroup subscriberGroup = subscriberGroups;
                subscriberGroup != null;
                subscriberGroup = subscriberGroup.before()) {
            OutboundMessage made = subscriberGroup.group().size() == 0 ? null : message.apply(subscriberGroup.format());
            if (made != null) {
                subscriberGroup.group().send(made);
            }
        }
    }

    /** Adds the groups of this format that have members. */
    void collect(MessageFormat format, List<SessionGroup> to) {
        SubscriberGroup subscriberGroup = known(format);
        if (subscriberGroup != null && subscriberGroup.group().size() > 0) {
            to.add(subscriberGroup.group());
        }
    }

    /** The formats in use. */
    void collectFormats(List<MessageFormat> to) {
        for (SubscriberGroup subscriberGroup = subscriberGroups;
                subscriberGroup != null;
                subscriberGroup = subscriberGroup.before()) {
            if (subscriberGroup.group().size() > 0 && !to.contains(subscriberGroup.format())) {
                to.add(subscriberGroup.format());
            }
        }
    }

    private @Nullable SubscriberGroup known(MessageFormat format) {
        SubscriberGroup subscriberGroup = subscriberGroups;
        while (subscriberGroup != null && subscriberGroup.format() != format) {
            subscriberGroup = subscriberGroup.before();
        }
        return subscriberGroup;
    }

    private SubscriberGroup of(MessageFormat format) {
        SubscriberGroup subscriberGroup = known(format);
        return subscriberGroup == null ? make(format) : subscriberGroup;
    }

    private synchronized SubscriberGroup make(MessageFormat format) {
        SubscriberGroup subscriberGroup = known(format);
        if (subscriberGroup == null) {
            subscriberGroup = new SubscriberGroup(format, groups.createUnpaced(this), subscriberGroups);
            subscriberGroups = subscriberGroup;
        }
        return subscriberGroup;
    }
}
