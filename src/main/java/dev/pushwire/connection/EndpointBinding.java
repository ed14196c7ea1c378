package dev.pushwire.connection;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.RateLimit;

/**
 * What all connections to one endpoint share.
 *
 * @param pattern the path pattern they were mapped by
 * @param authenticatesLate whether it takes tokens in messages
 * @param rateLimit what of that which a connection sends is counted
 * @param messagesPerSecond how many of those it takes of each connection, and how many of them at once; 0 for any number
 */
public record EndpointBinding(
        String pattern,
        Endpoint endpoint,
        Execution execution,
        boolean authenticatesLate,
        RateLimit rateLimit,
        int messagesPerSecond,
        Limits limits,
        ConnectionRegistry registry,
        ConnectionListener listener) {}
