package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients change from polling to a WebSocket while much is said: all of it comes once, in order. */
@Timeout(150)
class SocketIoUpgradeTest {
    private static final int CLIENTS = 20;
    private static final int EMITS = 250; // and as many that are acknowledged: 10,000 in all, each way

    @BeforeAll
    static void require() {
        NodeClient.requireInstalled("socket.io-client");
    }

    /** Nobody pings meanwhile: a step that waited for a heartbeat would wait until the script gives up. */
    @Test
    void losesAndDoublesNothing() throws Exception {
        RunningService service = RunningService.with(
                new Class<?>[] {SocketIoTestNamespaces.class},
                "pushwire.demo.enabled=false",
                "pushwire.socketio.ping-interval=1h");
        double moved = service.meter("websocket.connections.closed", "ending", "SessionMoved");
        try (NodeScript script = NodeScript.start("socketio-upgrade.mjs", service.http(""), CLIENTS, EMITS)) {
            assertThat(script.lines()).containsExactly("websocket true true true");
        }
        assertThat(service.meter("websocket.connections.closed", "ending", "SessionMoved"))
                .isEqualTo(moved + CLIENTS);
    }
}
