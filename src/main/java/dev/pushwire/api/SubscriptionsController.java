package dev.pushwire.api;

import dev.pushwire.broker.TopicPattern;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Subscribes the present connections of a principal on all nodes, and ends their subscriptions. */
@RestController
@RequestMapping("/api/subscriptions")
final class SubscriptionsController {
    private static final int MAX_BODY = 64 * 1024;

    private final ClusterClient nodes;
    private final Rights rights;

    SubscriptionsController(ClusterClient nodes, Rights rights) {
        this.nodes = nodes;
        this.rights = rights;
    }

    @PostMapping
    SubscriptionChange subscribe(HttpServletRequest request) {
        rights.mayAdminister(request);
        return change(
                NodeJson.Question.SUBSCRIBE,
                JsonBody.read(request, MAX_BODY, SubscriptionRequest.class, SubscriptionRequest.EXPECTED),
                request);
    }

    @DeleteMapping
    SubscriptionChange unsubscribe(
            @RequestParam("principal") String principal,
            @RequestParam("topic") String topic,
            HttpServletRequest request) {
        rights.mayAdminister(request);
        return change(NodeJson.Question.UNSUBSCRIBE, new SubscriptionRequest(principal, topic), request);
    }

    private SubscriptionChange change(String what, SubscriptionRequest wanted, HttpServletRequest request) {
        if (wanted.topic() != null && !TopicPattern.isValid(wanted.topic())) {
            throw Problems.badRequest("Invalid topic or pattern", TopicPattern.RULE);
        }
        if (!wanted.isWhole()) {
            throw Problems.badRequest("Invalid subscription", SubscriptionRequest.EXPECTED);
        }
        AuditNotes.target(request, "principal " + wanted.principal() + " on topic " + wanted.topic());
        SubscriptionChange change =
                nodes.change(what, Objects.requireNonNull(wanted.principal()), Objects.requireNonNull(wanted.topic()));
        AuditNotes.detail(request, change.toString());
        return change;
    }
}
