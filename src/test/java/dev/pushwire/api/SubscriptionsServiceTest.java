package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.Tokens;
import dev.pushwire.service.PushClient;
import dev.pushwire.service.RunningService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Subscribing a principal's connections over the API. {@link ClusterClientTest} does so over several nodes. */
class SubscriptionsServiceTest {
    private final RunningService service = ApiClient.startedService();
    private final ApiClient api = new ApiClient(service, ApiClient.KEY);

    private PushClient client(Tokens token) {
        PushClient client = PushClient.open(service);
        client.send("{'type':'authenticate','id':0,'token':'" + token.signed() + "'}")
                .next("authenticated");
        return client;
    }

    private static void assertChange(ApiClient.Answer answer, int connections, int changed, int refused) {
        answer.assertOk()
                .assertHas("connections", connections)
                .assertHas("changed", changed)
                .assertHas("refused", refused)
                .assertHas("complete", true);
    }

    @Test
    void ofAPrincipalsConnectionsBeginAndEnd() {
        String subscription = "{'principal': 'fay', 'topic': 'kept.fay'}";
        try (PushClient one = client(Tokens.of("fay"));
                PushClient other = client(Tokens.of("fay"));
                PushClient stranger = client(Tokens.of("gus"))) {
            other.subscribe("kept.fay").next("subscribed");
            assertChange(api.post("/api/subscriptions", subscription), 2, 1, 0);
            JsonNode told = one.next("subscribed");
            assertThat(told.has("id")).isFalse();
            assertThat(told.path("topic").asString()).isEqualTo("kept.fay");
            api.post("/api/publications", "{'topic': 'kept.fay', 'data': 1}").assertOk();
            assertThat(one.next("publication").path("data").asInt()).isOne();
            other.next("publication");
            assertChange(api.post("/api/subscriptions", subscription), 2, 0, 0);
            assertChange(api.delete("/api/subscriptions?principal=fay&topic=kept.fay"), 2, 2, 0);
            for (PushClient each : List.of(one, other)) {
                JsonNode ended = each.next("unsubscribed");
                assertThat(ended.has("id")).isFalse();
                assertThat(ended.path("topic").asString()).isEqualTo("kept.fay");
            }
            assertChange(api.delete("/api/subscriptions?principal=fay&topic=kept.fay"), 2, 0, 0);
            assertThat(stranger.send("{'type':'ping','id':7}")
                            .next()
                            .path("type")
                            .asString())
                    .isEqualTo("pong");
        }
    }

    /** A client that says where it left off, that has gone, or whose token does not allow the topic. */
    @Test
    void doNotStandInTheClientsWay() {
        try (PushClient one = client(Tokens.of("hal"))) {
            assertChange(api.post("/api/subscriptions", "{'principal': 'hal', 'topic': 'kept.>'}"), 1, 1, 0);
            one.next("subscribed");
            one.subscribe("kept.>").next("subscribed");
            assertChange(api.post("/api/subscriptions", "{'principal': 'hal', 'topic': 'private.hal'}"), 1, 0, 1);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertChange(
                        api.post("/api/subscriptions", "{'principal': 'hal', 'topic': 'kept.a'}"), 0, 0, 0));
    }

    @Test
    void areOfSomebodyToSomething() {
        api.post("/api/subscriptions", "{'principal': 'a', 'topic': 'a..b'}").assertProblem(400, "A topic pattern is");
        for (String body : List.of("{}", "{'principal': 'a'}", "{'principal': '', 'topic': 'a'}", "{'topic': 'a'}")) {
            api.post("/api/subscriptions", body).assertProblem(400, "A subscription is");
        }
        api.delete("/api/subscriptions?principal=a").assertProblem(400, "'topic' is missing");
    }
}
