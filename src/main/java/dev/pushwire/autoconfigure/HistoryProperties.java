package dev.pushwire.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How much topics remember together.
 *
 * @param maxMemory how much heap the histories of all topics may take together, if they are in memory. Beyond it, the
 *     oldest publications are forgotten early. By default a quarter of the heap
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
