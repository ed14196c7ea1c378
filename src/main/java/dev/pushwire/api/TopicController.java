package dev.pushwire.api;

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
 * The HTTP side of topics: publishing, and subscribers. Answers are JSON whatever the request accepts, since a
 * publication that was made must not be answered with an error.
 */
@RestController
final class TopicController {
    private final Hub hub;
    private final Rights rights;
    private final TopicNames names;
    private final TopicLists lists;
    private final TopicPublisher publisher;

    TopicController(Hub hub, Rights rights, TopicNames names, TopicLists lists, TopicPublisher publisher) {
        this.hub = hub;
        this.rights = rights;
        this.names = names;
        this.lists = lists;
        this.publisher = publisher;
    }

    @PostMapping("/topics/{topic}")
    ResponseEntity<TopicPublisher.Published> publish(@PathVariable("topic") String name, HttpServletRequest request) {
        return json(HttpStatus.ACCEPTED, publisher.publish(name, request));
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

    private static <T> ResponseEntity<T> json(HttpStatus status, T body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    /**
     * One topic.
     *
     * @param subscribers how many sessions of this node get a publication now
     * @param position the topic's position
     */
    record TopicReport(String topic, int subscribers, String position) {}
}
