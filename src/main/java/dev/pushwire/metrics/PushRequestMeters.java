package dev.pushwire.metrics;

import static dev.pushwire.metrics.WebSocketMeter.PUSH_REQUESTS;

import dev.pushwire.pushprotocol.HttpListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Locale;

/** Counts the requests of clients of {@code /push} without a WebSocket. The usual counters exist from the start. */
public final class PushRequestMeters implements HttpListener {
    private final MeterRegistry registry;

    public PushRequestMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Request request : Request.values()) {
            statuses(request).forEach(status -> count(request, status, 0));
        }
    }

    private static List<Integer> statuses(Request request) {
        return switch (request) {
            case OPEN -> List.of(200, 401, 429, 503);
            case POLL -> List.of(200, 404);
            case POST -> List.of(202, 404, 413);
            case END -> List.of(204, 404);
        };
    }

    @Override
    public void answered(Request request, int status) {
        count(request, status, 1);
    }

    private void count(Request request, int status, int more) {
        String name = request.name().toLowerCase(Locale.ROOT);
        PUSH_REQUESTS.counter(registry, name, Integer.toString(status)).increment(more);
    }
}
