package dev.pushwire.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.Tokens;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.push.Hub;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP API as back ends and operators use it. */
class ApiServiceTest {
    private final RunningService service = ApiClient.startedService();
    private final ApiClient api = new ApiClient(service, ApiClient.KEY);

    private ApiClient bearing(Tokens token) {
        return new ApiClient(service, token.signed());
    }

    private RawClient connect(String path, Tokens token) {
        return RawClient.connect(service)
                .upgrade(HandshakeText.of(path).and("Authorization: Bearer " + token.signed()));
    }

    @Nested
    class Topics {
        @Test
        void oneAndItsPolicy() {
            String position = api.post("/api/publications", "{'topic': 'kept.info', 'data': 1}")
                    .value("results[0].position");
            api.get("/api/topics/kept.info")
                    .assertOk()
                    .assertHas(
                            "$",
                            Map.of(
                                    "topic",
                                    "kept.info",
                                    "subscribers",
                                    0,
                                    "position",
                                    position,
                                    "historySize",
                                    10,
                                    "historyTtlSeconds",
                                    300.0,
                                    "presence",
                                    "list",
                                    "subscribe",
                                    "public",
                                    "publish",
                                    "claims"));
        }

        @Test
        void allThatHaveSubscribers() {
            try (RawClient _ = RawClient.open(service, "/topics/listed")) {
                assertThat(api.get("/api/topics").assertOk().<List<String>>value("topics[*].topic"))
                        .contains("listed");
            }
        }

        @Test
        void history() {
            String first = api.post("/api/publications", "{'topic': 'kept.past', 'data': 'one', 'key': 'k'}")
                    .value("results[0].position");
            api.post("/api/publications", "{'topic': 'kept.past', 'data': {'a': 1.50}}");
            api.post("/api/publications", "{'topic': 'kept.past', 'data': 'AP8=', 'encoding': 'base64'}");
            api.get("/api/topics/kept.past/history?since=" + first)
                    .assertOk()
                    .assertHas("recovered", true)
                    .assertHas("publications[0].data.a", 1.5)
                    .assertHas("publications[1].data", "AP8=")
                    .assertHas("publications[1].encoding", "base64");
            ApiClient.Answer limited = api.get("/api/topics/kept.past/history?limit=3")
                    .assertOk()
                    .assertHas("publications[0].data", "one")
                    .assertHas("publications[0].key", "k");
            assertThat(limited.response().body()).contains("1.50").doesNotContain("null");
            api.get("/api/topics/kept.past/history?since=other:1").assertOk().assertHas("recovered", false);
            api.get("/api/topics/kept.past/history?since=x").assertProblem(400, "position");
            api.get("/api/topics/kept.past/history?limit=0").assertProblem(400, "limit");
            api.get("/api/topics/kept.past/history?limit=many").assertProblem(400, "limit");
        }

        /** A node that checks less may have called it JSON. */
        @Test
        void whatIsStoredAsJsonAndIsNoneIsAString() {
            for (String stored : List.of("", "\uFEFF{}", "{\"a\":1,\"a\":2}")) {
                service.bean(Hub.class)
                        .publish(
                                new TopicName("kept.older"),
                                Payload.of(Payload.Kind.JSON, stored.getBytes(UTF_8)),
                                PublishOptions.NONE);
            }
            api.get("/api/topics/kept.older/history")
                    .assertOk()
                    .assertHas("publications[*].data", List.of("", "\uFEFF{}", "{\"a\":1,\"a\":2}"));
        }

        @Test
        void aDotInANameMakesNoFileOfTheAnswer() {
            for (String path : List.of("/topics/news.sports", "/api/topics/news.sports", "/api/topics/a..b")) {
                assertThat(api.get(path).response().headers().map())
                        .containsKey("content-type")
                        .doesNotContainKey("content-disposition");
            }
        }

        @Test
        void presence() {
            try (RawClient _ = connect("/topics/kept.here", Tokens.of("ada"))) {
                await().untilAsserted(() -> api.get("/api/topics/kept.here/presence")
                        .assertOk()
                        .assertHas("members[*].principal", List.of("ada")));
                String id = api.get("/api/topics/kept.here/presence").value("members[0].connection");
                api.get("/api/connections/" + id)
                        .assertOk()
                        .assertHas("id", id)
                        .assertHas("endpoint", "/topics/{topic}");
            }
            api.get("/api/topics/news/presence").assertProblem(404, "presence");
        }
    }

    @Nested
    class OfConnections {
        @Test
        void thoseOfAPrincipal() {
            try (RawClient first = connect("/echo", Tokens.of("carl"));
                    RawClient second = connect("/chat", Tokens.of("carl"))) {
                ApiClient.Answer list = api.get("/api/connections?principal=carl")
                        .assertOk()
                        .assertHas("total", 2)
                        .assertHas("complete", true);
                assertThat(list.<List<String>>value("connections[*].endpoint"))
                        .containsExactlyInAnyOrder("/echo", "/chat");
                String id = list.value("connections[0].id");
                api.get("/api/connections/" + id).assertOk().assertHas("principal", "carl");
                api.get("/api/connections?principal=nobody").assertOk().assertHas("total", 0);

                api.delete("/api/connections/" + id).assertOk().assertHas("closed", 1);
                api.get("/api/connections?principal=carl")
                        .assertHas("connections[?(@.id == '" + id + "')].open", List.of(false));
                api.delete("/api/connections?principal=carl&code=4000&reason=enough")
                        .assertOk()
                        .assertHas("closed", 1);
                boolean firstIsOne = list.value("connections[0].endpoint").equals("/echo");
                (firstIsOne ? first : second).assertCloseReceived(1001);
                assertThat((firstIsOne ? second : first)
                                .assertCloseReceived(4000)
                                .closeReason())
                        .isEqualTo("enough");
            }
        }

        @Test
        void whichOnes() {
            api.get("/api/connections").assertProblem(400, "'principal' is missing");
            api.get("/api/connections?principal=").assertProblem(400, "principal");
            api.get("/api/connections/zzz").assertProblem(404, "connection");
            api.delete("/api/connections/-").assertProblem(404, "connection");
            api.delete("/api/connections?principal=x&code=1005").assertProblem(400, "close code");
            api.delete("/api/connections?principal=x&code=one").assertProblem(400, "'code'");
        }

        @Test
        void revokedTokensCloseTheirsAndOpenNoMore() {
            Tokens one = Tokens.of("dora").with("jti", "dora-1");
            Tokens other = Tokens.of("dora").with("jti", "dora-2");
            try (RawClient first = connect("/echo", one);
                    RawClient second = connect("/echo", other);
                    RawClient refused = RawClient.connect(service)) {
                api.post("/api/revocations", "{'token': 'dora-1'}").assertOk().assertHas("closed", 1);
                assertThat(first.assertCloseReceived(4403).closeReason()).isEqualTo("access was revoked");
                second.assertEchoes("still here");
                refused.ask(HandshakeText.of("/echo").and("Authorization: Bearer " + one.signed()))
                        .assertRefused(401, "revoked");
                bearing(one).get("/api/topics/news").assertProblem(401, "revoked");

                api.post("/api/revocations", "{'principal': 'dora'}").assertOk();
                second.assertCloseReceived(4403);
            }
        }

        @Test
        void whoeverConnectsCanBeRevoked() {
            String longest = "é".repeat(1024);
            Tokens token = Tokens.of(longest);
            try (RawClient client = connect("/echo", token);
                    RawClient refused = RawClient.connect(service)) {
                client.assertEchoes("here");
                api.post("/api/revocations", "{'principal': '" + longest + "'}")
                        .assertOk()
                        .assertHas("closed", 1);
                client.assertCloseReceived(4403);
                refused.ask(HandshakeText.of("/echo")
                                .and("Authorization: Bearer "
                                        + Tokens.of(longest + "x").signed()))
                        .assertRefused(401, "more than 1024 characters");
            }
            api.post("/api/revocations", "{'principal': '" + longest + "x'}").assertProblem(400, "1 to 1024");
            api.post("/api/revocations", "{'principal': null, 'token': 'none'}").assertOk();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{'principal': ''}", "{'principal': 'a', 'token': 'b'}", "{'token': 1.5}", "[]"})
        void whatIsNoRevocationIsRefused(String body) {
            api.post("/api/revocations", body).assertProblem(400, "A revocation is");
        }
    }

    @Nested
    class WhoMay {
        private final ApiClient nobody = new ApiClient(service, null);

        @ParameterizedTest
        @CsvSource({
            "GET, /api/topics",
            "GET, /api/topics/news",
            "GET, /api/topics/news/history",
            "GET, /api/topics/news/presence",
            "GET, /api/connections?principal=a",
            "GET, /api/connections/1",
            "DELETE, /api/connections?principal=a",
            "DELETE, /api/connections/1",
            "POST, /api/publications",
            "POST, /api/publications/batch",
            "POST, /api/subscriptions",
            "DELETE, /api/subscriptions?principal=a&topic=b",
            "POST, /api/revocations"
        })
        void nobodyInParticularMayNothing(String method, String path) {
            ApiClient.Answer answer = switch (method) {
                case "GET" -> nobody.get(path);
                case "DELETE" -> nobody.delete(path);
                default -> nobody.post(path, "{}");
            };
            answer.assertProblem(401, "Authorization: Bearer");
            assertThat(answer.response().headers().firstValue("WWW-Authenticate"))
                    .isPresent();
        }

        @Test
        void aTokenMayWhatItsTopicsSay() {
            ApiClient ada = bearing(
                    Tokens.of("ada").with("pushwire", Map.of("sub", List.of("private.ada"), "pub", List.of("chat.*"))));
            ada.post("/api/publications", "{'topic': 'chat.a', 'data': 1}").assertOk();
            ada.post("/api/publications", "{'topics': ['chat.a', 'news'], 'data': 1}")
                    .assertProblem(403, "pushwire:publish");
            ada.get("/api/topics/private.ada").assertOk();
            ada.get("/api/topics/private.eve/history").assertProblem(403, "pushwire:read");
            ada.get("/api/topics/news").assertOk();
            ada.get("/api/connections?principal=eve").assertProblem(403, "pushwire:admin");
            ada.post("/api/revocations", "{'principal': 'eve'}").assertProblem(403, "pushwire:admin");
            ada.post("/api/subscriptions", "{'principal': 'eve', 'topic': 'news'}")
                    .assertProblem(403, "pushwire:admin");
        }

        @Test
        void aTokenMayWhatItsScopesSay() {
            bearing(Tokens.of("backend").with("scope", "pushwire:publish"))
                    .post("/api/publications", "{'topic': 'news', 'data': 1}")
                    .assertOk();
            bearing(Tokens.of("reader").with("scope", "openid pushwire:read"))
                    .get("/api/topics/private.eve")
                    .assertOk();
            bearing(Tokens.of("admin").with("scope", "pushwire:admin"))
                    .get("/api/connections?principal=eve")
                    .assertOk();
            bearing(Tokens.of("admin").with("scope", "pushwire:admin"))
                    .post("/api/publications", "{'topic': 'news', 'data': 1}")
                    .assertProblem(403, "pushwire:publish");
        }

        @Test
        void onTheOldPathsToo() {
            ApiClient ada = bearing(Tokens.of("ada").publishing("news"));
            ada.post("/topics/news", "1");
            ada.post("/topics/other", "1").assertProblem(403, "pushwire:publish");
            nobody.get("/topics/private.eve").assertProblem(401, "Authorization: Bearer");
            nobody.get("/topics/news").assertOk();
        }
    }

    @Nested
    class Errors {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api",
                    "/api/",
                    "/api/nothing",
                    "/api/topics/a/b",
                    "/api/publications/more",
                    "/nothing",
                    "/api/topics/"
                })
        void noSuchPath(String path) {
            new ApiClient.Answer(service.get(path)).assertProblem(404, "nothing under this path");
        }

        @Test
        void anotherMethod() {
            ApiClient.Answer answer = api.get("/api/publications").assertProblem(405, "Allow");
            assertThat(answer.response().headers().firstValue("Allow")).hasValue("POST");
            api.delete("/api/topics/news").assertProblem(405, "Allow");
        }

        @Test
        void anotherType() {
            new ApiClient.Answer(service.post(
                            "/api/publications",
                            "application/x-www-form-urlencoded",
                            BodyPublishers.ofString("topic=a&data=b"),
                            "Authorization",
                            "Bearer " + ApiClient.KEY))
                    .assertProblem(415, "application/json");
        }

        @Test
        void aTopicThatIsNone() {
            api.get("/api/topics/a..b").assertProblem(400, "topic name");
            api.get("/api/topics/%20").assertProblem(400, "topic name");
        }

        @Test
        void whatTheContainerRefuses() {
            try (RawClient raw = RawClient.connect(service)) {
                var reply = raw.ask(new HandshakeText("TRACE /api/topics HTTP/1.1", List.of("Host: localhost")));
                assertThat(reply.status()).isEqualTo(405);
                assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            }
        }
    }
}
