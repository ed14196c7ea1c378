package dev.pushwire.autoconfigure;

import org.springframework.util.unit.DataSize;

/**
 * The division of the heap among what grows with use, so that all of it fits: histories and topics, connections that
 * are still HTTP, clients, and what the service itself and the collector need. It is a pure function of the heap and
 * the settings. The costs were measured, and have a margin.
 *
 * @param heap the most that the JVM takes, in bytes
 * @param histories the limit of {@code pushwire.history.max-memory}, in bytes; 0 if the node keeps none
 * @param tls whether connections use TLS in this process, so that each keeps its keys
 */
record HeapBudget(long heap, long histories, boolean tls) {
    private static final long KILOBYTE = 1024;
    private static final long MEGABYTE = 1024 * KILOBYTE;

    /** The memory without clients: 20 MB alive after the start, and some that comes with use. */
    private static final long SERVICE = 32 * MEGABYTE;

    /** Measured: 1.3 KB, and 5.7 KB with TLS. */
    private static final int PLAIN_CONNECTION = 2 * 1024;

    private static final int TLS_CONNECTION = 8 * 1024;

    /** Measured in the middle of a request's header section: 64 KB, and 127 KB with TLS; idle: 18 and 73 KB. */
    private static final int PLAIN_HTTP = 68 * 1024;

    private static final int TLS_HTTP = 136 * 1024;

    /** Tomcat's own default. */
    private static final int MOST_HTTP = 8192;

    /** Even a small heap needs room for health and metrics. */
    private static final int FEWEST_HTTP = 32;

    /** The most connections by default, since the kernel's memory for sockets does not follow from the heap. */
    private static final int MOST_CONNECTIONS = 100_000;

    /** The share of connections that are not WebSockets yet, or never will be. */
    private long http() {
        return heap / 8;
    }

    /** The share of the service itself, and of the room that the collector needs to work. */
    private long reserve() {
        return SERVICE + heap / 8;
    }

    /** The share of WebSocket connections and all that is kept for them, in bytes; at least an eighth of the heap. */
    long clients() {
        return Math.max(heap / 8, heap - reserve() - http() - histories);
    }

    /** The memory of a connection for which nothing waits, in bytes. */
    int connection() {
        return tls ? TLS_CONNECTION : PLAIN_CONNECTION;
    }

    /** How many connections the heap holds, if a quarter of the clients' share is left for what waits for them. */
    int connections() {
        return Math.clamp(clients() / 4 * 3 / connection(), 1, Integer.MAX_VALUE);
    }

    /**
     * How many connections there may be by default.
     *
     * @param descriptors how many descriptors the process may have, without those that it needs for itself
     */
    int defaultConnections(long descriptors) {
        return Math.clamp(descriptors, 1, Math.min(connections(), MOST_CONNECTIONS));
    }

    /** How many connections Tomcat may have at a time: handshakes under way, and all of HTTP. */
    int httpConnections() {
        return Math.clamp(http() / (tls ? TLS_HTTP : PLAIN_HTTP), FEWEST_HTTP, MOST_HTTP);
    }

    /** The division in words, for the log. */
    String describe() {
        return "%s for clients (room for %d connections of %dKB%s, and for what waits for them), %s for histories, %s for HTTP (%d connections), %s for the service and the collector"
                .formatted(
                        readable(clients()),
                        connections(),
                        connection() / KILOBYTE,
                        tls ? " with TLS" : "",
                        readable(histories),
                        readable(http()),
                        httpConnections(),
                        readable(reserve()));
    }

    private static String readable(long bytes) {
        return DataSize.ofBytes(bytes).toMegabytes() + "MB";
    }
}
