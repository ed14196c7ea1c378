package dev.pushwire.engineio;

import dev.pushwire.endpoint.Handshake;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that begins a session over long polling.
 *
 * @param principal who the client is
 * @param polling what the session begins with
 */
record PollingHandshake(Handshake request, @Nullable Principal principal, Polling polling) implements Handshake {
    @Override
    public String path() {
        return request.path();
    }

    @Override
    public Map<String, String> pathVariables() {
        return request.pathVariables();
    }

    @Override
    public @Nullable String queryParameter(String name) {
        return request.queryParameter(name);
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }

    @Override
    public List<String> offeredSubprotocols() {
        return request.offeredSubprotocols();
    }

    @Override
    public String remoteAddress() {
        return request.remoteAddress();
    }
}
