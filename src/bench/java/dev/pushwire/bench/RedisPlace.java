package dev.pushwire.bench;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far away Redis is. */
enum RedisPlace {
    BESIDE("beside", "Redis beside", Duration.ZERO),
    AWAY("away", "Redis 4 ms away", Duration.ofMillis(2));

    private final String key;
    private final String title;
    private final Duration held;

    /** @param held on its way, in each direction */
    RedisPlace(String key, String title, Duration held) {
        this.key = key;
        this.title = title;
        this.held = held;
    }

    /** For -Dbench.crowd. */
    String key() {
        return key;
    }

    /** For people. */
    String title() {
        return title;
    }

    /** What is on the way; null for nothing. */
    @Nullable
    Relay relay(RedisProcess redis) throws IOException {
        return held.isZero() ? null : Relay.to(redis.port(), held);
    }
}
