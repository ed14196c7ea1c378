package dev.pushwire.engineio;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.spi.AdmittedHandshake;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The request that begins a session over long polling.
 *
 * @param principal the client's user
 * @param polling the state that the session begins with
 */
record PollingHandshake(Handshake request, @Nullable Principal principal, Polling polling)
        implements AdmittedHandshake {}
