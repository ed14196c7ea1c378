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

    /** @param held how long data is held on its way, in each direction */
    RedisPlace(String key, String title, Duration held) {
        this.key = key;
        this.title = title;
        this.held = held;
    }

    /** The name for -Dbench.crowd. */
    String key() {
        return key;
    }

    /** The name in the report. */
    String title() {
        return title;
    }

    /** The relay on the way to Redis; null if there is none. */
    @Nullable
    Relay relay(RedisProcess redis) throws IOException {
        return held.isZero() ? null : Relay.to(redis.port(), held);
    }
}
