package dev.pushwire.bench.ways;

import java.io.IOException;

/** One client, from its first request until its connection is closed. */
public interface Client {
    void run(Wire wire, Inbox inbox) throws IOException, InterruptedException;

    /** A client of server-sent events. */
    static Client ofEventStream(String path) {
        return EventStream.of(path);
    }

    /** A client that polls Pushwire's {@code /push} for the topic {@code bench}. */
    static Client ofLongPolling() {
        return Polling::longPolling;
    }

    /** A client that polls nchan. */
    static Client ofNchanPolling(String path) {
        return (wire, inbox) -> Polling.nchan(path, wire, inbox);
    }

    /** A client with a WebSocket that only receives. */
    static Client ofWebSocket(String path) {
        return WebSocket.of(path, false);
    }

    /** A client of {@code /push}, subscribed to the topic {@code bench}. */
    static Client ofPush() {
        return WebSocket.ofPush();
    }
}
