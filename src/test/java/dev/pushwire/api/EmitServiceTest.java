package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.Tokens;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.SocketIoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Back ends emit to Socket.IO clients. */
class EmitServiceTest {
    private final RunningService service = ApiClient.startedService();
    private final ApiClient api = new ApiClient(service, ApiClient.KEY);

    @Test
    void toAllOfANamespace() {
        try (SocketIoClient client = SocketIoClient.connect(service, "/topics")) {
            ApiClient.Answer answer = api.post(
                    "/api/emit",
                    "{'namespace': '/topics', 'event': 'hello', 'args': [1.50, 'a', {'z': 1, 'b': null}, null]}");
            assertThat(answer.response().statusCode()).isEqualTo(202);
            answer.assertHas("namespace", "/topics").assertHas("event", "hello");
            assertThat(client.next()).isEqualTo("42/topics,[\"hello\",1.50,\"a\",{\"z\":1,\"b\":null},null]");
        }
    }

    @Test
    void toRoomsOfTheRoot() {
        try (SocketIoClient one = SocketIoClient.connect(service, "/");
                SocketIoClient two = SocketIoClient.connect(service, "/")) {
            assertThat(one.next()).isEqualTo("42[\"news\",{\"hello\":\"world\"}]");
            assertThat(two.next()).startsWith("42[\"news\"");
            one.send("420[\"join\",\"emit-a\"]");
            two.send("420[\"join\",\"emit-a\"]");
            assertThat(one.next()).isEqualTo("430[\"emit-a\"]");
            assertThat(two.next()).isEqualTo("430[\"emit-a\"]");
            two.send("421[\"join\",\"emit-b\"]");
            assertThat(two.next()).isEqualTo("431[\"emit-b\"]");
            api.post("/api/emit", "{'event': 'x', 'rooms': ['emit-a', 'emit-b'], 'except': ['emit-b']}");
            api.post("/api/emit", "{'event': 'y', 'rooms': ['emit-a', 'emit-b']}");
            assertThat(one.next()).isEqualTo("42[\"x\"]");
            assertThat(one.next()).isEqualTo("42[\"y\"]");
            assertThat(two.next()).isEqualTo("42[\"y\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'event': 7}",
                "{'event': 'disconnect'}",
                "{'event': 'x', 'namespace': 'chat'}",
                "{'event': 'x', 'rooms': 'r'}",
                "{'event': 'x', 'rooms': [null]}",
                "{'event': 'x', 'args': {}}",
                "{'event': 'x', 'args': ['\\ud800']}",
                "{'event': 'x', 'volatile': true}"
            })
    void nothingElse(String body) {
        api.post("/api/emit", body).assertProblem(400, "");
    }

    @Test
    void withAKeyOrATokenForPublishing() {
        String body = "{'event': 'x'}";
        assertThat(new ApiClient(
                                service,
                                Tokens.of("backend")
                                        .with("scope", "pushwire:publish")
                                        .signed())
                        .post("/api/emit", body)
                        .response()
                        .statusCode())
                .isEqualTo(202);
        new ApiClient(
                        service,
                        Tokens.of("backend").with("scope", "pushwire:read").signed())
                .post("/api/emit", body)
                .assertProblem(403, "pushwire:publish");
        new ApiClient(service, null).post("/api/emit", body).assertProblem(401, "");
    }
}
