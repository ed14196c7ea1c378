package dev.pushwire.bench.ways;

import java.util.concurrent.ThreadLocalRandom;

/** A way to get the messages of the topic {@code bench} from Pushwire. */
public enum Way {
    NAIVE_POLLING("naive-polling", "Polling each second"),
    LONG_POLLING("long-polling", "Long polling"),
    EVENT_STREAM("sse", "Event stream"),
    WEBSOCKET("websocket", "WebSocket"),
    WEBSOCKET_DEFLATED("websocket-deflate", "WebSocket, compressed");

    private static final String TOPIC = "/topics/bench";

    private final String key;
    private final String title;

    Way(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** The name for -Dbench.waste. */
    public String key() {
        return key;
    }

    /** The name in the report. */
    public String title() {
        return title;
    }

    Client client() {
        return switch (this) {
            case NAIVE_POLLING -> Polling::eachSecond;
            case LONG_POLLING -> Polling::longPolling;
            case EVENT_STREAM -> EventStream.of(TOPIC);
            case WEBSOCKET -> WebSocket.of(TOPIC, false);
            case WEBSOCKET_DEFLATED -> WebSocket.of(TOPIC, true);
        };
    }

    /** Sleeps for a random part of a second, so that clients do not all ask at once. */
    static void sleepASecondAtMost() throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextInt(1000));
    }
}
