package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.Tokens;
import dev.pushwire.broker.NodeName;
import dev.pushwire.redis.Bridge;
import dev.pushwire.redis.NodeProcess;
import dev.pushwire.redis.RedisServer;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.PushClient;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.SharedHttp;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes with a real Redis between them; the first is asked, and the second has the connections. */
@Timeout(60)
class ClusterClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static RedisServer redis;
    private static Bridge bridge;
    private static RunningService first;
    private static RunningService second;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        redis = RedisServer.start(folder);
        bridge = Bridge.to(redis.port());
        first = RunningService.start(settings(redis.port()));
        second = RunningService.start(settings(bridge.port()));
        api = new ApiClient(first, ApiClient.KEY);
    }

    private static String[] settings(int redisPort) {
        return new String[] {
            "pushwire.broker=redis",
            "spring.data.redis.port=" + redisPort,
            "spring.data.redis.timeout=1s",
            "pushwire.api.keys.test.secret=" + ApiClient.KEY,
            "pushwire.api.keys.test.scopes=publish,read,admin",
            "pushwire.access.jwt.secret=" + Tokens.SECRET,
            "pushwire.topics[0].name=kept.>",
            "pushwire.topics[0].presence=list"
        };
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
        bridge.close();
        redis.close();
    }

    /** Repairs what a test has cut off. Each node has connections for topics, and others for the other nodes. */
    @AfterEach
    void allCanSpeak() {
        bridge.lower();
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (RunningService node : List.of(first, second)) {
                ApiClient asked = new ApiClient(node, ApiClient.KEY);
                assertComplete(asked.get("/api/connections?principal=nobody"));
                asked.get("/api/topics/kept.nothing/presence").assertOk();
            }
        });
    }

    private static void assertComplete(ApiClient.Answer answer) {
        answer.assertOk().assertHas("complete", true);
    }

    private static HandshakeText handshake(String path, Tokens token) {
        return HandshakeText.of(path).and("Authorization: Bearer " + token.signed());
    }

    private static RawClient connect(RunningService node, String path, Tokens token) {
        return RawClient.connect(node).upgrade(handshake(path, token));
    }

    private static void assertRefused(RunningService node, Tokens token) {
        try (RawClient refused = RawClient.connect(node)) {
            refused.ask(handshake("/echo", token)).assertRefused(401, "revoked");
        }
    }

    private static String name(RunningService node) {
        return node.bean(NodeName.class).value();
    }

    @Test
    void aRevocationEndsConnectionsOnAllNodesAndKeepsTheirClientsOut() {
        Tokens ada = Tokens.of("ada");
        try (RawClient here = connect(first, "/echo", ada);
                RawClient there = connect(second, "/echo", ada);
                RawClient other = connect(second, "/echo", Tokens.of("eve"))) {
            api.post("/api/revocations", "{'principal': 'ada'}")
                    .assertOk()
                    .assertHas("closed", 2)
                    .assertHas("complete", true);
            here.assertCloseReceived(4403);
            there.assertCloseReceived(4403);
            other.assertEchoes("still here");
        }
        assertRefused(first, ada);
        assertRefused(second, ada);
        new ApiClient(second, ada.signed()).get("/api/topics/news").assertProblem(401, "revoked");
    }

    @Test
    void subscriptionsBeginAndEndOnAllNodes() {
        String token = Tokens.of("kim").signed();
        try (PushClient here = PushClient.open(first);
                PushClient there = PushClient.open(second)) {
            for (PushClient client : List.of(here, there)) {
                client.send("{'type':'authenticate','id':0,'token':'" + token + "'}")
                        .next("authenticated");
            }
            api.post("/api/subscriptions", "{'principal': 'kim', 'topic': 'orders.*'}")
                    .assertOk()
                    .assertHas("changed", 2)
                    .assertHas("complete", true);
            api.post("/api/publications", "{'topic': 'orders.7', 'data': 'paid'}")
                    .assertOk();
            for (PushClient client : List.of(here, there)) {
                assertThat(client.next("subscribed").path("topic").asString()).isEqualTo("orders.*");
                assertThat(client.next("publication").path("data").asString()).isEqualTo("paid");
            }
            api.delete("/api/subscriptions?principal=kim&topic=orders.*")
                    .assertOk()
                    .assertHas("changed", 2);
            here.next("unsubscribed");
            there.next("unsubscribed");
        }
    }

    @Test
    void aNodeThatStartsLaterKnowsWhatWasRevoked() {
        Tokens bob = Tokens.of("bob").with("jti", "bob-1");
        api.post("/api/revocations", "{'token': 'bob-1'}").assertOk();
        try (RunningService third = RunningService.start(settings(redis.port()))) {
            assertRefused(third, bob);
            connect(third, "/echo", Tokens.of("bob")).close();
        }
    }

    @Test
    void aNodeThatCannotKnowWhatWasRevokedTrustsNoToken() {
        Tokens bea = Tokens.of("bea");
        api.post("/api/revocations", "{'principal': 'bea'}").assertOk();
        bridge.raise();
        try (RunningService third = RunningService.start(settings(bridge.port()));
                RawClient refused = RawClient.connect(third)) {
            refused.ask(handshake("/echo", bea)).assertRefused(503, "revoked");
            new ApiClient(third, bea.signed()).get("/api/topics").assertProblem(503, "revoked");
            new ApiClient(third, ApiClient.KEY).get("/api/topics").assertOk();
            bridge.lower();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> new ApiClient(third, bea.signed())
                            .get("/api/topics")
                            .assertProblem(401, "revoked"));
        }
    }

    @Test
    void connectionsAreFoundWhereverTheyAre() {
        try (RawClient here = connect(first, "/echo", Tokens.of("carl"));
                RawClient there = connect(second, "/topics/kept.news", Tokens.of("carl"))) {
            ApiClient.Answer list = api.get("/api/connections?principal=carl")
                    .assertOk()
                    .assertHas("total", 2)
                    .assertHas("complete", true)
                    .assertHas("connections[*].endpoint", List.of("/echo", "/topics/{topic}"))
                    .assertHas("connections[*].node", List.of(name(first), name(second)));
            String id = list.value("connections[1].id");
            assertThat(id).startsWith(name(second) + "-");
            assertThat(second.get("/actuator/websockets/" + id).statusCode()).isEqualTo(200);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            api.get("/api/topics/kept.news/presence").assertHas("members[*].connection", List.of(id)));
            api.get("/api/connections/" + id)
                    .assertOk()
                    .assertHas("principal", "carl")
                    .assertHas("node", name(second));

            api.delete("/api/connections/" + id + "?code=4000&reason=enough")
                    .assertOk()
                    .assertHas("closed", 1);
            assertThat(there.assertCloseReceived(4000).closeReason()).isEqualTo("enough");
            api.delete("/api/connections?principal=carl").assertOk().assertHas("closed", 1);
            here.assertCloseReceived(1001);
        }
        api.get("/api/connections/" + name(second) + "-zzzzzz").assertProblem(404, "connection");
        api.delete("/api/connections/" + NodeName.random() + "-1").assertProblem(404, "connection");
    }

    @Test
    void whileRedisIsAwayNothingIsHalfDone() {
        Tokens dora = Tokens.of("dora");
        try (RawClient here = connect(first, "/echo", dora)) {
            String id = api.get("/api/connections?principal=dora").value("connections[0].id");
            redis.kill();
            await().atMost(PATIENCE).untilAsserted(() -> {
                ApiClient.Answer answer =
                        api.post("/api/revocations", "{'principal': 'dora'}").assertProblem(503, "try again");
                assertThat(answer.response().headers().firstValue("Retry-After"))
                        .isPresent();
            });
            api.get("/api/connections?principal=dora").assertProblem(503, "try again");
            api.delete("/api/connections?principal=dora").assertProblem(503, "try again");
            api.get("/api/connections/" + id).assertOk();
            here.assertEchoes("still here");
            connect(first, "/echo", dora).close();

            redis.start();
            await().atMost(PATIENCE).untilAsserted(() -> assertComplete(api.get("/api/connections?principal=dora")));
            api.post("/api/revocations", "{'principal': 'dora'}").assertOk().assertHas("complete", true);
            here.assertCloseReceived(4403);
        }
    }

    @Test
    void aNodeThatWasCutOffLearnsWhatItMissed() {
        Tokens fay = Tokens.of("fay");
        try (RawClient there = connect(second, "/echo", fay)) {
            bridge.raise();
            await().atMost(PATIENCE).until(() -> second.get("/actuator/health").statusCode() == 503);
            api.post("/api/revocations", "{'principal': 'fay'}")
                    .assertOk()
                    .assertHas("closed", 0)
                    .assertHas("complete", false);
            there.assertEchoes("cut off");
            bridge.lower();
            there.assertCloseReceived(4403);
        }
        assertRefused(second, fay);
    }

    /** Gives the code of the Close that comes. */
    private static CompletableFuture<Integer> connect(NodeProcess node, Tokens token) {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        SharedHttp.CLIENT
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token.signed())
                .buildAsync(node.ws("/echo"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                })
                .join();
        return closed;
    }

    private static int status(NodeProcess node, Tokens token) {
        return RunningService.exchange(HttpRequest.newBuilder(node.http("/api/topics/news"))
                        .header("Authorization", "Bearer " + token.signed()))
                .statusCode();
    }

    @Test
    void aNodeThatDoesNotAnswerIsNotWaitedForLong(@TempDir Path logs) {
        Tokens gil = Tokens.of("gil");
        try (NodeProcess third = NodeProcess.start(logs.resolve("third"), List.of(settings(redis.port())));
                RawClient there = connect(second, "/echo", gil)) {
            CompletableFuture<Integer> closed = connect(third, gil);
            ApiClient.Answer list = api.get("/api/connections?principal=gil").assertHas("total", 2);
            assertComplete(list);
            third.pause();
            api.get("/api/connections?principal=gil") // the client waits for ten seconds, and no longer
                    .assertOk()
                    .assertHas("total", 1)
                    .assertHas("complete", false);
            api.post("/api/revocations", "{'principal': 'gil'}")
                    .assertOk()
                    .assertHas("closed", 1)
                    .assertHas("complete", false);
            there.assertCloseReceived(4403);
            api.get("/api/connections/" + list.value("connections[1].id")).assertProblem(503, "does not answer");

            third.goOn();
            assertThat(closed).succeedsWithin(PATIENCE).isEqualTo(4403);
            await().atMost(PATIENCE).until(() -> status(third, gil) == 401);
            third.stop();
        }
    }
}
