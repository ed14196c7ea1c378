package dev.pushwire.stream;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long clients wait before they connect again, in milliseconds. The times are random, since clients that left
 * together would otherwise come back together.
 */
final class Retry {
    private Retry() {}

    /** The wait after a connection that broke. */
    static long soon() {
        return ThreadLocalRandom.current().nextLong(2_000, 5_000);
    }

    /** The wait if a stream is not available now. */
    static long later() {
        return ThreadLocalRandom.current().nextLong(15_000, 45_000);
    }
}
