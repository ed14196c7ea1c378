package dev.pushwire.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Keeps the ids of sessions out of traces. They are secrets, and stand in paths. */
public final class SessionIdsFilter implements ObservationFilter {
    private static final String SESSIONS = "/push/";
    private static final KeyValue HIDDEN = KeyValue.of("http.url", "/push/{session}");

    @Override
    public Observation.Context map(Observation.Context context) {
        if (context instanceof ServerRequestObservationContext request
                && request.getCarrier() != null
                && request.getCarrier()
                        .getRequestURI()
                        .startsWith(request.getCarrier().getContextPath() + SESSIONS)) {
            context.addHighCardinalityKeyValue(HIDDEN);
        }
        return context;
    }
}
