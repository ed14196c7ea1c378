package dev.pushwire.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.push.Hub;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Publishes JSON: to one topic, to several, and several publications at once. It checks the whole request before the
 * first publication is made. So a mistake in one publication leaves none behind.
 */
@RestController
@RequestMapping("/api/publications")
final class PublicationsController {
    /** How many of the largest messages a body may have. JSON and base64 make them larger. */
    private static final int MESSAGES_PER_BODY = 8;

    private static final int LARGEST_BODY = 1 << 30;
    private static final String BATCH_RULE = "A batch is {\"publications\": [...]}, with 1 to " + PublicationPlan.MOST
            + " publications, each topic counted. " + PublicationRequest.RULE;

    private static final String TOPICS_RULE =
            "A publication is made to at most " + PublicationPlan.MOST + " topics at once.";

    private final Hub hub;
    private final Rights rights;
    private final TopicNames names;
    private final int maxMessage;
    private final LimitListener limits;
    private final TraceContext traces;

    PublicationsController(
            Hub hub, Rights rights, TopicNames names, PublishLimits sizes, LimitListener limits, TraceContext traces) {
        this.hub = hub;
        this.rights = rights;
        this.names = names;
        this.maxMessage = sizes.maxMessageSize();
        this.limits = limits;
        this.traces = traces;
    }

    /** @param publications in the order in which they are made */
    record Batch(@Nullable List<@Nullable PublicationRequest> publications) {}

    /** The results: one for each topic of each publication, in order. */
    record Results(List<Result> results) {}

    /**
     * The result of a publication.
     *
     * @param position its position; null if it failed, and then it may have been made all the same
     * @param duplicate whether an earlier publication had the same idempotency key; null if it failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            String topic,
            @Nullable String position,
            @Nullable Boolean duplicate) {
        static Result of(TopicName topic, PublishResult made) {
            return new Result(topic.value(), made.position().toString(), made.duplicate());
        }

        static Result failed(TopicName topic) {
            return new Result(topic.value(), null, null);
        }
    }

    @PostMapping
    Results publish(HttpServletRequest request) {
        Caller caller = rights.known(request); // first: a body is read only for a known caller
        PublicationRequest wanted =
                JsonBody.read(request, bodyLimit(), PublicationRequest.class, PublicationRequest.RULE);
        PublicationPlan plan = new PublicationPlan(rights, names, caller, maxMessage, traces.of(request));
        plan.add(wanted, "", TOPICS_RULE);
        return make(plan);
    }

    @PostMapping("/batch")
    Results publishAll(HttpServletRequest request) {
        Caller caller = rights.known(request);
        Batch batch = JsonBody.read(request, bodyLimit(), Batch.class, BATCH_RULE);
        if (batch.publications() == null || batch.publications().isEmpty()) {
            throw Problems.notJson(BATCH_RULE);
        }
        PublicationPlan plan = new PublicationPlan(rights, names, caller, maxMessage, traces.of(request));
        for (int i = 0; i < batch.publications().size(); i++) {
            PublicationRequest wanted = batch.publications().get(i);
            String place = "publications[" + i + "]";
            if (wanted == null) {
                throw Problems.at(place, Problems.notJson(BATCH_RULE));
            }
            plan.add(wanted, place + ".", BATCH_RULE);
        }
        return make(plan);
    }

    private int bodyLimit() {
        return (int) Math.min(LARGEST_BODY, (long) MESSAGES_PER_BODY * maxMessage);
    }

    private Results make(PublicationPlan plan) {
        List<PublishOutcome> outcomes = hub.publish(plan.steps());
        List<Result> results = new ArrayList<>();
        RuntimeException failure = null;
        for (int i = 0; i < outcomes.size(); i++) {
            TopicName topic = plan.steps().get(i).topic();
            switch (outcomes.get(i)) {
                case PublishOutcome.Made(PublishResult made) -> results.add(Result.of(topic, made));
                case PublishOutcome.Failed(RuntimeException reason) -> {
                    results.add(Result.failed(topic));
                    failure = failure == null ? reason : failure;
                }
            }
        }
        if (failure == null) {
            return new Results(results);
        }
        throw Problems.after(results, problem(failure));
    }

    private ErrorResponseException problem(RuntimeException failure) {
        if (failure instanceof TooManyTopicsException) {
            limits.exceeded(Limit.TOPICS);
            return Problems.tooManyTopics();
        }
        return Problems.unavailable();
    }
}
