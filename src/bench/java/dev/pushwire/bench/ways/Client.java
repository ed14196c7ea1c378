package dev.pushwire.bench.ways;

import java.io.IOException;

/** What one client does, from its first request until its connection is closed. */
public interface Client {
    void run(Wire wire, Inbox inbox) throws IOException, InterruptedException;

    /** A client of server-sent events. */
    static Client ofEventStream(String path) {
        return EventStream.of(path);
    }

    /** One of a WebSocket that only receives. */
    static Client ofWebSocket(String path) {
        return WebSocket.of(path, false);
    }
}
