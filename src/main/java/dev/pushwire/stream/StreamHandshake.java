package dev.pushwire.stream;

import dev.pushwire.endpoint.Handshake;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request of a stream, with who it is from and what it asks for. */
record StreamHandshake(Handshake request, @Nullable Principal principal, StreamRequest wanted) implements Handshake {
    static StreamRequest wanted(Handshake handshake) {
        if (handshake instanceof StreamHandshake stream) {
            return stream.wanted;
        }
        throw new IllegalArgumentException("Not the request of a stream: " + handshake);
    }

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
