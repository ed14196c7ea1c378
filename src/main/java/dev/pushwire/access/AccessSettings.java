package dev.pushwire.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings for which clients may connect.
 *
 * @param anonymous whether a client may connect without a token
 * @param cookie the cookie that may carry a token; null for none
 * @param tokenTimeout how long after the handshake a token may come, on endpoints that take it in a message
 * @param connectionsPerAddress how many connections one address may have at a time; 0 for any number
 */
public record AccessSettings(
        boolean anonymous, @Nullable String cookie, Duration tokenTimeout, int connectionsPerAddress) {}
