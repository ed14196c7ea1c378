package dev.pushwire.stream;

import java.util.concurrent.ThreadLocalRandom;

/** How long clients wait before they connect again, in milliseconds: no two the same, or all who left together would come together. */
final class Retry {
    private Retry() {}

    /** After a connection that broke. */
    static long soon() {
        return ThreadLocalRandom.current().nextLong(2_000, 5_000);
    }

    /** When there is nothing to be had now. */
    static long later() {
        return ThreadLocalRandom.current().nextLong(15_000, 45_000);
    }
}
