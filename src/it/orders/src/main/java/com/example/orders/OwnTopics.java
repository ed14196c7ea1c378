package com.example.orders;

import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.TopicAccess;
import java.security.Principal;
import org.springframework.stereotype.Component;

/** User ada may read {@code user.ada.>}, and nobody else's. All other topics are for everybody to read. */
@Component
class OwnTopics implements TopicAccess {
    private static final TopicPattern USERS = new TopicPattern("user.>");

    @Override
    public boolean maySubscribe(Principal who, TopicPattern topics) {
        return !USERS.overlaps(topics) || (who != null && ownTopicsCover(who.getName(), topics));
    }

    private static boolean ownTopicsCover(String user, TopicPattern topics) {
        return user.matches("[A-Za-z0-9_-]{1,50}") // with a dot or a '*', the pattern would cover others' topics
                && new TopicPattern("user." + user + ".>").covers(topics);
    }

    /** The application publishes; clients do not. */
    @Override
    public boolean mayPublish(Principal who, TopicName topic) {
        return false;
    }

    /** The application has no tokens. */
    @Override
    public boolean tokenMayLetSubscribe(TopicPattern topics) {
        return false;
    }

    @Override
    public boolean tokenMayLetPublish(TopicName topic) {
        return false;
    }
}
