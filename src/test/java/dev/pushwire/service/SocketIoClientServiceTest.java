package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The official client, npm's socket.io-client, does what front ends do. */
@Timeout(150)
class SocketIoClientServiceTest {
    @BeforeAll
    static void require() {
        NodeClient.requireInstalled("socket.io-client");
    }

    private static Stream<Arguments> ways() {
        return Stream.of(
                arguments("{\"transports\": [\"websocket\"]}", "transport websocket"),
                arguments("{\"transports\": [\"polling\"], \"upgrade\": false}", "transport polling"),
                arguments("{}", "transport websocket"),
                arguments(
                        "{\"transports\": [\"websocket\", \"polling\"], \"tryAllTransports\": true}",
                        "transport websocket"));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void doesWhatFrontEndsDo(String options, String transport) throws Exception {
        RunningService service = RunningService.with(
                new Class<?>[] {SocketIoTestNamespaces.class},
                "pushwire.demo.enabled=false",
                "pushwire.websocket.outbox-limit=16MB"); // between two polls a storm waits there, however slow the
        // machine is
        double moved = service.meter("websocket.connections.closed", "ending", "SessionMoved");
        try (NodeScript client = NodeScript.start("socketio-client.mjs", service.http(""), options)) {
            assertThat(client.lines())
                    .containsExactly("""
                    auth {"token":"123"}
                    id string true true
                    %s
                    auth {"from":"a function"}
                    connect_error Invalid namespace false
                    connect_error Not with that secret {"code":7}
                    let in
                    one connection true true
                    the other namespace 2
                    message 1 zwei [3,null] {"four":4.5} 1970-01-01T00:00:00.000Z null
                    ack 5
                    ack in time 50
                    no ack operation has timed out
                    answered WHO?
                    text "\\u00fc\\ud83d\\ude00 \\u2028 \\ud800"
                    binary 010203 010203 04
                    picture 100000 true
                    binary ack 010203
                    storm 2000 2000 true
                    two for two
                    one for one
                    two by the id
                    disconnect io server disconnect
                    comes back by itself false
                    disconnect forced close
                    connected again true
                    """.formatted(transport).lines().toArray(String[]::new));
        }
        assertThat(service.meter("websocket.connections.closed", "ending", "SessionMoved") > moved)
                .isEqualTo(options.equals("{}"));
        assertThat(service.meter("websocket.connections.closed", "ending", "Backlogged"))
                .isZero();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(service.meter("socketio.sockets.active")).isZero());
        assertThat(service.meter("socketio.rooms.active")).isZero();
        assertThat(service.meter("socketio.handler.failures")).isZero();
        assertThat(service.meter("socketio.connects", "namespace", "none", "result", "invalid_namespace"))
                .isPositive();
        assertThat(service.meter("socketio.acks", "namespace", "/", "result", "answered"))
                .isPositive();
    }
}
