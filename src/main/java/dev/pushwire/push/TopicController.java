package dev.pushwire.push;

import dev.pushwire.broker.TopicName;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
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
    ResponseEntity<TopicStatus> publish(@PathVariable("topic") String name, HttpServletRequest request) {
        access.check(request); // first: what nobody may send is not read
        TopicName topic = topicName(name);
        int subscribers = hub.publish(topic, PublicationReader.read(request, limits.maxMessageSize()));
        return json(HttpStatus.ACCEPTED, new TopicStatus(topic.value(), subscribers));
    }

    @GetMapping("/topics/{topic}")
    ResponseEntity<TopicStatus> topic(@PathVariable("topic") String name) {
        TopicName topic = topicName(name);
        return json(HttpStatus.OK, new TopicStatus(topic.value(), hub.subscribers(topic)));
    }

    @GetMapping("/topics")
    ResponseEntity<TopicList> topics() {
        return json(HttpStatus.OK, new TopicList(hub.topics()));
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

    /** An object and not a bare array, so that it can grow. */
    record TopicList(List<TopicStatus> topics) {}
}
