package dev.pushwire.push;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.SessionGroup;
import java.util.ArrayList;
import java.util.List;

/** Sends a publication to all who have subscribed to its topic, by name or by a pattern: once to each. */
final class FanOut {
    private FanOut() {}

    /** @return how many sessions it was sent to; one that is in several audiences counts for each */
    static int send(EncodedPublication publication, List<SubscriberGroups> all) {
        List<MessageFormat> formats = new ArrayList<>(2);
        for (SubscriberGroups subscriberGroups : all) {
            subscriberGroups.collectFormats(formats);
        }
        List<SessionGroup> groups = new ArrayList<>(2);
        for (MessageFormat format : formats) {
            groups.clear();
            for (SubscriberGroups subscriberGroups : all) {
                subscriberGroups.collect(format, groups);
            }
            send(publication.as(format), groups);
        }
        int reached =
                0; // counted now that it is on its way, so a member about to be closed gets it or does not count
        for (SubscriberGroups subscriberGroups : all) {
            reached += subscriberGroups.size();
        }
        return reached;
    }

    private static void send(OutboundMessage message, List<SessionGroup> groups) {
        if (groups.size() == 1) {
            groups.getFirst().send(message);
        } else if (groups.size() > 1) { // none: the last member has just left
            groups.getFirst().send(message, List.copyOf(groups.subList(1, groups.size())));
        }
    }
}
