package dev.pushwire.socketio;

import java.util.Collections;
import java.util.List;

/** One node, which is all there are. */
class MemoryRecoveryTest extends RecoveryContract {
    private final TestServer only = new TestServer().serving();

    @Override
    List<TestServer> nodes() {
        return Collections.nCopies(3, only);
    }
}
