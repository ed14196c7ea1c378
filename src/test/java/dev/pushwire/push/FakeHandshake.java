package dev.pushwire.push;

import dev.pushwire.endpoint.Handshake;
import java.security.Principal;
import java.util.List;
import java.util.Map;

/** A handshake of which only the path, the query and the user matter. */
public record FakeHandshake(
        String path, Map<String, String> pathVariables, Map<String, String> query, Principal principal)
        implements Handshake {
    public FakeHandshake(String path, Map<String, String> pathVariables) {
        this(path, pathVariables, Map.of(), null);
    }

    @Override
    public String queryParameter(String name) {
        return query.get(name);
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }

    @Override
    public List<String> offeredSubprotocols() {
        return List.of();
    }

    @Override
    public String remoteAddress() {
        return "192.0.2.1";
    }
}
