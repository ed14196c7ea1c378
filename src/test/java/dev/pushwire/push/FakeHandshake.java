package dev.pushwire.push;

import dev.pushwire.endpoint.Handshake;
import java.security.Principal;
import java.util.List;
import java.util.Map;

/** A handshake of which only the path matters. */
public record FakeHandshake(String path, Map<String, String> pathVariables) implements Handshake {
    @Override
    public String queryParameter(String name) {
        return null;
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }

    @Override
    public Principal principal() {
        return null;
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
