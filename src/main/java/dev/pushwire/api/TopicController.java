package dev.pushwire.api;

import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TopicName;
import dev.pushwire.push.Hub;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP side of topics: publishing, and who is subscribed. Answers are JSON whatever the request accepts, for a
 * publication that was made must not be answered with an error.
 */
@RestController
final class TopicController {
    private final Hub hub;
    private final Rights rights;
    private final TopicNames names;
    private final TopicLists lists;
    private final PublishLimits limits;

    TopicController(Hub hub, Rights rights, TopicNames names, TopicLists lists, PublishLimits limits) {
        this.hub = hub;
        this.rights = rights;
        this.names = names;
        this.lists = lists;
        this.limits = limits;
    }

    @PostMapping("/topics/{topic}")
    ResponseEntity<Published> publish(@PathVariable("topic") String name, HttpServletRequest request) {
        Caller caller = rights.known(request); // first: what nobody may send is not read
        TopicName topic = names.read(name);
        rights.mayPublish(caller, topic);
        PublishOptions options = new PublishOptions(idempotencyKey(request), null);
        PublishResult result = hub.publish(topic, PublicationReader.read(request, limits.maxMessageSize()), options);
        return json(
                HttpStatus.ACCEPTED,
                new Published(
                        topic.value(), hub.subscribers(topic), result.position().toString(), result.duplicate()));
    }

    @GetMapping("/topics/{topic}")
    ResponseEntity<TopicReport> topic(@PathVariable("topic") String name, HttpServletRequest request) {
        Caller caller = rights.anybody(request);
        TopicName topic = names.read(name);
        rights.mayRead(caller, topic);
        return json(
                HttpStatus.OK,
                new TopicReport(
                        topic.value(),
                        hub.subscribers(topic),
                        hub.position(topic).toString()));
    }

    @GetMapping("/topics")
    ResponseEntity<TopicLists.TopicList> topics(
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "limit", defaultValue = TopicLists.DEFAULT) int limit,
            HttpServletRequest request) {
        return json(HttpStatus.OK, lists.list(rights.anybody(request), after, limit));
    }

    private static @Nullable String idempotencyKey(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null && !PublishOptions.isKey(key)) {
            throw Problems.invalidIdempotencyKey();
        }
        return key;
    }

    private static <T> ResponseEntity<T> json(HttpStatus status, T body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    /**
     * One topic.
     *
     * @param subscribers how many sessions of this node get what is published now
     * @param position where the topic stands
     */
    record TopicReport(String topic, int subscribers, String position) {}

    /**
     * A publication that was made.
     *
     * @param subscribers how many sessions of this node it was handed to
     * @param position where it stands in its topic
     * @param duplicate whether it had been made before, under the same idempotency key
     */
    record Published(String topic, int subscribers, String position, boolean duplicate) {}
}
