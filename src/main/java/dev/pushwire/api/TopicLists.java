package dev.pushwire.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pushwire.push.Hub;
import dev.pushwire.push.TopicPage;
import dev.pushwire.push.TopicStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists topics, a page at a time, as far as the caller may know of them. */
final class TopicLists {
    /** The longest page. */
    static final int MOST = 1000;

    /** {@link #MOST} as text, for an annotation. */
    static final String DEFAULT = "1000";

    private final Hub hub;
    private final Rights rights;

    TopicLists(Hub hub, Rights rights) {
        this.hub = hub;
        this.rights = rights;
    }

    /**
     * The page. It is an object and not a bare array. {@code next} is there if there may be more: the name after which
     * the next page begins.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TopicList(List<TopicStatus> topics, @Nullable String next) {}

    /**
     * Makes a page.
     *
     * @param after the {@code next} of the page before; null for the first
     * @throws org.springframework.web.ErrorResponseException 400 if the limit is not from 1 to {@link #MOST}
     */
    TopicList list(Caller caller, @Nullable String after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problems.parameter("limit", "is from 1 to " + MOST);
        }
        TopicPage page = hub.topics(after, limit, topic -> rights.isOpen(caller, topic));
        return new TopicList(page.topics(), page.next());
    }
}
