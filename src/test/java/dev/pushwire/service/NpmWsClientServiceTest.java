package dev.pushwire.service;

import org.junit.jupiter.api.BeforeAll;

/** npm's {@code ws}, the one most Node.js programs use. It offers compression. */
class NpmWsClientServiceTest extends ForeignClientContract {
    @BeforeAll
    static void isThere() {
        NodeClient.requireInstalled("ws");
    }

    @Override
    ForeignClient connect(RunningService service, String path, String subprotocol) {
        return NodeClient.connect("ws", service, path, subprotocol);
    }
}
