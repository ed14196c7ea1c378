package dev.pushwire.push;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.endpoint.SessionGroup.Addressed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends what happens on a topic once to each session that is subscribed to it, by name or by a pattern. */
final class FanOut {
    private FanOut() {}

    /**
     * Sends to subscribers by pattern alone.
     *
     * @return how many sessions it was sent to; a session with several patterns counts for each
     */
    static int send(EncodedPublication publication, List<LivePattern> patterns) {
        for (MessageFormat format : formats(null, patterns)) {
            send(format, publication, new ArrayList<>(1), patterns);
        }
        return reached(patterns);
    }

    /**
     * Sends to subscribers by name and by pattern. A subscriber by both gets the message for subscribers by name.
     *
     * @return how many sessions it was sent to; a session that is subscribed in several ways counts for each
     */
    static int send(EncodedPublication publication, SubscriberGroups byName, List<LivePattern> patterns) {
        for (MessageFormat format : formats(byName, patterns)) {
            List<SessionGroup> groups = new ArrayList<>(2);
            byName.collect(format, groups);
            send(format, publication, groups, patterns);
        }
        // counted now that it is on its way, so a member about to be closed gets it or does not count
        return byName.size() + reached(patterns);
    }

    /**
     * Tells subscribers by name and by pattern once that a topic goes on.
     *
     * @param byName null if these need not be told
     * @param orClose whether subscribers that cannot be told are closed
     */
    static void tell(
            Function<MessageFormat, @Nullable OutboundMessage> message,
            @Nullable SubscriberGroups byName,
            List<LivePattern> patterns,
            boolean orClose) {
        for (MessageFormat format : formats(byName, patterns)) {
            List<SessionGroup> groups = new ArrayList<>(2);
            if (byName != null) {
                byName.collect(format, groups);
            }
            patterns.forEach(pattern -> pattern.subscriberGroups().collect(format, groups));
            OutboundMessage made = message.apply(format);
            if (made != null) {
                send(made, groups);
            } else if (orClose) {
                groups.forEach(group -> group.close(PushClose.NOT_RECOVERED.status()));
            }
        }
    }

    /** The formats in use, once every session that was told that it is subscribed is in the groups. */
    private static List<MessageFormat> formats(@Nullable SubscriberGroups byName, List<LivePattern> patterns) {
        List<MessageFormat> formats = new ArrayList<>(2);
        if (byName != null) {
            byName.collectFormats(formats);
        }
        for (LivePattern pattern : patterns) {
            pattern.awaitJoins();
            pattern.subscriberGroups().collectFormats(formats);
        }
        return formats;
    }

    private static int reached(List<LivePattern> patterns) {
        int reached = 0;
        for (LivePattern pattern : patterns) {
            reached += pattern.subscriberGroups().size();
        }
        return reached;
    }

    /** @param groups the group of subscribers by name, or none; the method adds the others */
    private static void send(
            MessageFormat format,
            EncodedPublication publication,
            List<SessionGroup> groups,
            List<LivePattern> patterns) {
        MessageFormat.ByPattern byPattern = patterns.isEmpty() ? null : publication.byPattern(format);
        if (byPattern == null) {
            for (LivePattern pattern : patterns) {
                pattern.subscriberGroups().collect(format, groups);
            }
            send(publication.as(format), groups);
        } else {
            List<Addressed> all = new ArrayList<>(groups.size() + patterns.size());
            groups.forEach(group -> all.add(new Addressed(group, publication.as(format))));
            for (LivePattern pattern : patterns) {
                List<SessionGroup> its = new ArrayList<>(1);
                pattern.subscriberGroups().collect(format, its);
                its.forEach(group -> all.add(new Addressed(group, byPattern.of(pattern.pattern()))));
            }
            send(all);
        }
    }

    private static void send(OutboundMessage message, List<SessionGroup> groups) {
        if (groups.size() == 1) {
            groups.getFirst().send(message);
        } else if (groups.size() > 1) { // none: the last member has just left
            groups.getFirst().send(message, List.copyOf(groups.subList(1, groups.size())));
        }
    }

    private static void send(List<Addressed> all) {
        if (all.size() == 1) {
            all.getFirst().group().send(all.getFirst().message());
        } else if (all.size() > 1) {
            all.getFirst().group().sendFirst(all.getFirst().message(), List.copyOf(all.subList(1, all.size())));
        }
    }
}
