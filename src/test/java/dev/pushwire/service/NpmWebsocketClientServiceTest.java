package dev.pushwire.service;

import org.junit.jupiter.api.BeforeAll;

/** npm's {@code websocket}, an older and stricter one. */
class NpmWebsocketClientServiceTest extends ForeignClientContract {
    @BeforeAll
    static void isThere() {
        NodeClient.requireInstalled("websocket");
    }

    @Override
    ForeignClient connect(RunningService service, String path, String subprotocol) {
        return NodeClient.connect("websocket", service, path, subprotocol);
    }
}
