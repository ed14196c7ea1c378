package dev.pushwire.connection;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Execution;

/**
 * What all connections to one endpoint share.
 *
 * @param pattern the path pattern they were mapped by
 */
public record EndpointBinding(
        String pattern,
        Endpoint endpoint,
        Execution execution,
        Limits limits,
        ConnectionRegistry registry,
        ConnectionListener listener) {}
