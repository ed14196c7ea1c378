package dev.pushwire.bench.ways;

import java.io.IOException;

/** What one client does, from its first request until its connection is closed. */
public interface Client {
    void run(Wire wire, Inbox inbox) throws IOException, InterruptedException;

    /** A client of server-sent events. */
    static Client ofEventStream(String path) {
        return EventStream.of(path);
    }

    /** One that polls Pushwire's {@code /push} for the topic {@code bench}. */
    static Client ofLongPolling() {
        return Polling::longPolling;
    }

    /** One that polls nchan. */
    static Client ofNchanPolling(String path) {
        return (wire, inbox) -> Polling.nchan(path, wire, inbox);
    }

    /** One of a WebSocket that only receives. */
    static Client ofWebSocket(String path) {
        return WebSocket.of(path, false);
    }

    /** One of {@code /push}, subscribed to the topic {@code bench}. */
    static Client ofPush() {
        return WebSocket.ofPush();
    }
}
