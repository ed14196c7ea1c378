package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The client's script, as the service serves it. */
class SocketIoScriptTest {
    private static final Path ORIGINAL = Path.of("src/test/node/node_modules/socket.io-client/dist/socket.io.min.js");

    @Test
    void isServedBesideTheConnections() {
        HttpResponse<String> answer = RunningService.with().get("/socket.io/socket.io.js");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
        assertThat(answer.body()).startsWith("/*!\n * Socket.IO v");
    }

    /** But for the address of a source map, which is not served. */
    @Test
    void isThatOfTheClientThatIsTested() throws Exception {
        NodeClient.requireInstalled("socket.io-client");
        String script = Files.readString(Path.of("src/main/resources/static/socket.io/socket.io.js"));
        assertThat(Files.readString(ORIGINAL).replaceAll("//# sourceMappingURL=.*\\n?", ""))
                .isEqualTo(script);
    }

    /** In the words of the reference implementation, which clients show to people. */
    @Test
    void asksForAWebSocket() {
        assertThat(RunningService.with()
                        .get("/socket.io/?EIO=4&transport=websocket")
                        .body())
                .isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(RunningService.with()
                        .get("/socket.io?EIO=4&transport=websocket&sid=x")
                        .body())
                .isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    }
}
