package dev.pushwire.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Leaves requests for a WebSocket out of {@code http.server.requests}: {@link WebSocketMeters} count them by result. To
 * observe each would add a tenth to the cost of a handshake.
 */
public final class UnobservedHandshakes implements ObservationPredicate {
    @Override
    public boolean test(String name, Observation.Context context) {
        return !(context instanceof ServerRequestObservationContext server && asksForWebSocket(server.getCarrier()));
    }

    private static boolean asksForWebSocket(@Nullable HttpServletRequest request) {
        return request != null && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }
}
