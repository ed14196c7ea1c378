package dev.pushwire.push;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TopicName;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The HTTP side of topics: publishing, and who is subscribed. Answers are JSON whatever the request accepts, for a
 * publication that was made must not be answered with an error.
 */
@RestController
final class TopicController {
    private final Hub hub;
    private final PublishAccess access;
    private final PublishLimits limits;

    TopicController(Hub hub, PublishAccess access, PublishLimits limits) {
        this.hub = hub;
        this.access = access;
        this.limits = limits;
    }

    @PostMapping("/topics/{topic}")
    ResponseEntity<TopicReport> publish(@PathVariable("topic") String name, HttpServletRequest request) {
        access.check(request); // first: what nobody may send is not read
        TopicName topic = topicName(name);
        PublishOptions options = new PublishOptions(idempotencyKey(request), null);
        PublishResult result = hub.publish(topic, PublicationReader.read(request, limits.maxMessageSize()), options);
        return json(HttpStatus.ACCEPTED, report(topic, result.position()));
    }

    @GetMapping("/topics/{topic}")
    ResponseEntity<TopicReport> topic(@PathVariable("topic") String name) {
        TopicName topic = topicName(name);
        return json(HttpStatus.OK, report(topic, hub.position(topic)));
    }

    @GetMapping("/topics")
    ResponseEntity<TopicList> topics() {
        return json(HttpStatus.OK, new TopicList(hub.topics()));
    }

    private TopicReport report(TopicName topic, Position position) {
        return new TopicReport(topic.value(), hub.subscribers(topic), position.toString());
    }

    private static @Nullable String idempotencyKey(HttpServletRequest request) {
        String key = request.getHeader("Idempotency-Key");
        if (key != null && (key.isEmpty() || key.length() > PublishOptions.MAX_KEY_LENGTH)) {
            throw Problems.invalidIdempotencyKey();
        }
        return key;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unavailable(BrokerUnavailableException failure) {
        return refuse(Problems.unavailable());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refuse(ErrorResponseException problem) {
        return ResponseEntity.status(problem.getStatusCode())
                .headers(problem.getHeaders())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem.getBody());
    }

    private static TopicName topicName(String name) {
        if (!TopicName.isValid(name)) {
            throw Problems.invalidTopicName();
        }
        return new TopicName(name);
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
     * @param position where the topic stands, or the publication that was made
     */
    record TopicReport(String topic, int subscribers, String position) {}

    /** An object and not a bare array, so that it can grow. */
    record TopicList(List<TopicStatus> topics) {}
}
