package dev.pushwire.tomcat;

import dev.pushwire.connection.ConnectionListener;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.Limits;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.protocol.MessageLimits;
import java.time.Duration;
import java.util.List;

/** Endpoints as the start-up finds them. */
final class Bindings {
    private static final Limits LIMITS = new Limits(
            new MessageLimits(1_000, 10),
            1_000,
            Duration.ZERO,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ZERO);

    private Bindings() {}

    /** An endpoint of which only the path matters. */
    static EndpointMappings.Entry entry(String bean, String pattern, String... subprotocols) {
        return entry(bean, pattern, new Endpoint() {}, new ConnectionRegistry(1), subprotocols);
    }

    static EndpointMappings.Entry entry(
            String bean, String pattern, Endpoint endpoint, ConnectionRegistry registry, String... subprotocols) {
        EndpointBinding binding = new EndpointBinding(
                pattern,
                endpoint,
                Execution.EVENT_LOOP,
                false,
                RateLimit.NONE,
                0,
                LIMITS,
                registry,
                new ConnectionListener() {});
        return new EndpointMappings.Entry(bean, binding, List.of(subprotocols));
    }
}
