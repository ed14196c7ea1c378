package dev.pushwire.connection;

import dev.pushwire.protocol.CloseStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a meter would count: {@code opened /test}, {@code closed /test PeerClosed 1000}. */
final class RecordingListener implements ConnectionListener {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    List<String> calls() {
        return calls;
    }

    @Override
    public void opened(String endpoint) {
        calls.add("opened " + endpoint);
    }

    @Override
    public void closed(String endpoint, Ending ending, CloseStatus status) {
        calls.add("closed " + endpoint + " " + ending.getClass().getSimpleName() + " " + status.code());
    }
}
