package dev.pushwire.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which clients may connect.
 *
 * @param anonymous whether clients may that bring no token
 * @param cookie the one that may carry a token; null for none
 * @param tokenTimeout how long after the handshake a token may come, where an endpoint takes it in a message
 * @param connectionsPerAddress most connections at a time from one address; 0 for any number
 */
public record AccessSettings(
        boolean anonymous, @Nullable String cookie, Duration tokenTimeout, int connectionsPerAddress) {}
