package dev.pushwire.socketio;

import java.util.Collections;
import java.util.List;

/** The contract with a single node. */
class MemoryRecoveryTest extends RecoveryContract {
    private final TestServer only = new TestServer().serving();

    @Override
    List<TestServer> nodes() {
        return Collections.nCopies(3, only);
    }
}
