package dev.pushwire.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * What topics remember, in all.
 *
 * @param maxMemory of the heap for the histories of all topics together, where they are kept in memory: beyond it the
 *     oldest publications are forgotten before their time; by default a quarter of the heap
 */
@ConfigurationProperties("pushwire.history")
public record HistoryProperties(@Nullable DataSize maxMemory) {
    public HistoryProperties {
        if (maxMemory != null && maxMemory.toBytes() < 1) {
            throw new IllegalArgumentException("pushwire.history.max-memory must be at least 1B, but is " + maxMemory);
        }
    }

    @Override
    public DataSize maxMemory() {
        return maxMemory != null
                ? maxMemory
                : DataSize.ofBytes(Runtime.getRuntime().maxMemory() / 4);
    }
}
