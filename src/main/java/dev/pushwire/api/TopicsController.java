package dev.pushwire.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pushwire.broker.Broker;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.push.Hub;
import dev.pushwire.push.PresencePolicy;
import dev.pushwire.push.TopicPolicy;
import dev.pushwire.push.TopicRules;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Shows topics: their state, history and members. */
@RestController
@RequestMapping("/api/topics")
final class TopicsController {
    private static final int MOST = 1000;

    private final Hub hub;
    private final Broker broker;
    private final TopicRules rules;
    private final Rights rights;
    private final TopicNames names;
    private final TopicLists lists;

    TopicsController(Hub hub, Broker broker, TopicRules rules, Rights rights, TopicNames names, TopicLists lists) {
        this.hub = hub;
        this.broker = broker;
        this.rules = rules;
        this.rights = rights;
        this.names = names;
        this.lists = lists;
    }

    /**
     * One topic.
     *
     * @param subscribers how many subscribers it has on this node
     * @param position the topic's position
     * @param presence {@code none}, {@code list} or {@code events}
     * @param subscribe which clients may subscribe: {@code public}, {@code authenticated}, {@code claims} or
     *     {@code none}
     * @param publish which clients may publish, in the same words
     */
    record TopicReport(
            String topic,
            int subscribers,
            String position,
            int historySize,
            double historyTtlSeconds,
            String presence,
            String subscribe,
            String publish) {}

    /**
     * The publications that a topic remembers.
     *
     * @param recovered whether these are all publications after the position asked for
     * @param position the topic's position; beyond the last publication if the limit cut the list off
     */
    record TopicHistory(String topic, boolean recovered, String position, List<PastPublication> publications) {}

    /**
     * A publication.
     *
     * @param data text as a string, bytes as a string of base64, else any JSON value
     * @param encoding {@code base64} for bytes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PastPublication(
            String position,
            Instant publishedAt,
            @Nullable String key,
            JsonNode data,
            @Nullable String encoding) {
        static PastPublication of(Publication past) {
            Payload payload = past.payload();
            return new PastPublication(
                    past.position().toString(),
                    past.publishedAt(),
                    past.key(),
                    switch (payload.kind()) {
                        case JSON -> JsonBody.verbatim(payload.text());
                        case TEXT -> StringNode.valueOf(payload.text());
                        case BINARY -> StringNode.valueOf(base64(payload));
                    },
                    payload.kind() == Payload.Kind.BINARY ? PublicationRequest.BASE64 : null);
        }

        private static String base64(Payload payload) {
            byte[] bytes = new byte[payload.size()];
            payload.bytes().get(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
    }

    /** The members of a topic, on all nodes. */
    record Presence(String topic, List<Present> members) {}

    /** @param info what the member shows of itself */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Present(
            String connection,
            @Nullable String principal,
            @Nullable JsonNode info) {
        static Present of(Member member) {
            return new Present(
                    member.connection(),
                    member.principal(),
                    member.info() == null ? null : JsonBody.verbatim(member.info()));
        }
    }

    @GetMapping
    TopicLists.TopicList topics(
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "limit", defaultValue = TopicLists.DEFAULT) int limit,
            HttpServletRequest request) {
        return lists.list(rights.known(request), after, limit);
    }

    @GetMapping("/{topic}")
    TopicReport topic(@PathVariable("topic") String name, HttpServletRequest request) {
        TopicName topic = readable(name, request);
        TopicPolicy policy = rules.of(topic);
        return new TopicReport(
                topic.value(),
                hub.subscribers(topic),
                hub.position(topic).toString(),
                policy.retention().size(),
                policy.retention().ttl().toMillis() / 1000.0,
                lower(policy.presence()),
                lower(policy.subscribe()),
                lower(policy.publish()));
    }

    @GetMapping("/{topic}/history")
    TopicHistory history(
            @PathVariable("topic") String name,
            @RequestParam(name = "since", required = false) @Nullable String since,
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            HttpServletRequest request) {
        TopicName topic = readable(name, request);
        if (limit < 1 || limit > MOST) {
            throw Problems.parameter("limit", "is from 1 to " + MOST);
        }
        if (since != null && !Position.isValid(since)) {
            throw Problems.badRequest("Invalid position", Position.RULE);
        }
        History history = broker.history(topic, since == null ? null : Position.parse(since), limit);
        return new TopicHistory(
                topic.value(),
                history.recovered(),
                history.latest().toString(),
                history.publications().stream().map(PastPublication::of).toList());
    }

    @GetMapping("/{topic}/presence")
    Presence presence(@PathVariable("topic") String name, HttpServletRequest request) {
        TopicName topic = readable(name, request);
        if (rules.of(topic).presence() == PresencePolicy.NONE) {
            throw Problems.noPresence();
        }
        return new Presence(
                topic.value(), broker.members(topic).stream().map(Present::of).toList());
    }

    private TopicName readable(String name, HttpServletRequest request) {
        Caller caller = rights.known(request);
        TopicName topic = names.read(name);
        rights.mayRead(caller, topic);
        return topic;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
