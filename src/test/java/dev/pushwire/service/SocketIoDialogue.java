package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.stream.CuttingProxy;
import java.time.Duration;
import java.util.List;

/**
 * A dialogue of Socket.IO clients of other projects, with their default settings, over a network that breaks once. It
 * is the same for all clients.
 */
public final class SocketIoDialogue {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SocketIoDialogue() {}

    /** Connects twice, by polling. The first connection comes back after the cut; its auth in {@code /questions} is a token 123. */
    @FunctionalInterface
    public interface Client {
        /**
         * @param cut breaks both connections, to be called once
         * @return what it saw
         */
        List<String> talk(String url, Runnable cut) throws Exception;
    }

    public static void assertHeldBy(Client client) throws Exception {
        RunningService service = RunningService.with();
        double upgraded = upgraded(service);
        double failures = service.meter("socketio.handler.failures");
        try (CuttingProxy network = CuttingProxy.to(service.address())) {
            List<String> seen = client.talk("http://localhost:" + network.port(), () -> {
                await("both are on a WebSocket").atMost(PATIENCE).until(() -> upgraded(service) >= upgraded + 2);
                network.cut();
            });
            assertThat(seen).containsExactly("""
                    news {"hello":"world"}
                    echo zwei
                    binary echo 010203
                    said to the room
                    auth {"token":"123"}
                    message 1 zwei [3,null] {"four":4.5}
                    binary message 010203
                    asked who?
                    answered WHO?
                    again {"hello":"world"}
                    another id true
                    echo again
                    """.lines().toArray(String[]::new));
        }
        assertThat(service.meter("socketio.handler.failures")).isEqualTo(failures);
    }

    private static double upgraded(RunningService service) {
        return service.meter("websocket.connections.closed", "ending", "SessionMoved");
    }
}
