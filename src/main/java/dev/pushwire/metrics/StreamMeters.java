package dev.pushwire.metrics;

import static dev.pushwire.metrics.WebSocketMeter.STREAMS_ANSWERED;

import dev.pushwire.stream.StreamListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;

/** Counts the requests for streams. The usual counters exist from the start. */
public final class StreamMeters implements StreamListener {
    private final MeterRegistry registry;

    /** @param endpoints the path patterns of the endpoints */
    public StreamMeters(MeterRegistry registry, List<String> endpoints) {
        this.registry = registry;
        for (String endpoint : endpoints) {
            for (Result result : Result.values()) {
                statuses(result).forEach(status -> count(endpoint, result, status, 0));
            }
        }
    }

    private static List<Integer> statuses(Result result) {
        return switch (result) {
            case OPENED, UNAVAILABLE -> List.of(200);
            case REFUSED -> List.of(400, 401, 403);
        };
    }

    @Override
    public void answered(String endpoint, Result result, int status) {
        count(endpoint, result, status, 1);
    }

    private void count(String endpoint, Result result, int status, int more) {
        String name = result.name().toLowerCase(Locale.ROOT);
        STREAMS_ANSWERED
                .counter(registry, endpoint, name, Integer.toString(status))
                .increment(more);
    }
}
