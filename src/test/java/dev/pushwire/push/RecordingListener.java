package dev.pushwire.push;

import java.util.ArrayList;
import java.util.List;

/** Keeps what clients did, once it listens. */
public final class RecordingListener implements ClientListener {
    private final List<ClientEvent> events = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean listening;

    /** From now on. */
    public void listen() {
        listening = true;
    }

    @Override
    public boolean isListening() {
        return listening;
    }

    @Override
    public synchronized void happened(ClientEvent event) {
        events.add(event);
        threads.add(Thread.currentThread());
    }

    /** In order; a copy. */
    public synchronized List<ClientEvent> events() {
        return List.copyOf(events);
    }

    /** The thread of each event. */
    public synchronized List<Thread> threads() {
        return List.copyOf(threads);
    }
}
