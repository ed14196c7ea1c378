package dev.pushwire.api;

import dev.pushwire.broker.BrokerUnavailableException;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Publishing, as JSON: to one topic, to several, and several publications at once. All of a request is looked at before the
 * first publication is made, so that a mistake in one leaves none behind.
 */
@RestController
@RequestMapping("/api/publications")
final class PublicationsController {
    /** A request may have several of the largest messages; JSON and base64 make them larger. */
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

    PublicationsController(Hub hub, Rights rights, TopicNames names, PublishLimits sizes, LimitListener limits) {
        this.hub = hub;
        this.rights = rights;
        this.names = names;
        this.maxMessage = sizes.maxMessageSize();
        this.limits = limits;
    }

    /** @param publications in the order in which they are made */
    record Batch(@Nullable List<@Nullable PublicationRequest> publications) {}

    /** One for each topic of each publication, in their order. */
    record Results(List<Result> results) {}

    /**
     * A publication that was made.
     *
     * @param position where it stands in its topic
     * @param duplicate whether it had been made before, under the same idempotency key
     */
    record Result(String topic, String position, boolean duplicate) {
        static Result of(TopicName topic, PublishResult made) {
            return new Result(topic.value(), made.position().toString(), made.duplicate());
        }
    }

    @PostMapping
    Results publish(HttpServletRequest request) {
        Caller caller = rights.known(request); // first: what nobody may send is not read
        PublicationRequest wanted =
                JsonBody.read(request, bodyLimit(), PublicationRequest.class, PublicationRequest.RULE);
        PublicationPlan plan = new PublicationPlan(rights, names, caller, maxMessage);
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
        PublicationPlan plan = new PublicationPlan(rights, names, caller, maxMessage);
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
        List<Result> made = new ArrayList<>();
        for (PublicationPlan.Step each : plan.steps()) {
            try {
                made.add(Result.of(each.topic(), hub.publish(each.topic(), each.payload(), each.options())));
            } catch (BrokerUnavailableException e) {
                throw Problems.after(made, Problems.unavailable());
            } catch (TooManyTopicsException e) {
                limits.exceeded(Limit.TOPICS);
                throw Problems.after(made, Problems.tooManyTopics());
            }
        }
        return new Results(made);
    }
}
