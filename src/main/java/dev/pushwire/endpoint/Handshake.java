package dev.pushwire.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP request that a connection began with. Immutable. */
public interface Handshake {
    /** The path within the application, decoded. */
    String path();

    /** What the variables of the endpoint's path pattern stand for: {@code room} in {@code /rooms/{room}}. */
    Map<String, String> pathVariables();

    /** The first value of a query parameter, decoded; null when it is absent. */
    @Nullable
    String queryParameter(String name);

    /** The first line of a header, its name in any case; null when it is absent. */
    default @Nullable String header(String name) {
        List<String> lines = headers(name);
        return lines.isEmpty() ? null : lines.getFirst();
    }

    /** All lines of a header, its name in any case. */
    List<String> headers(String name);

    /**
     * Who the request is from, by its token or as the application's security filters found; null for nobody in particular.
     */
    @Nullable
    Principal principal();

    /** The subprotocols that the client offered, most wanted first. */
    List<String> offeredSubprotocols();

    /** The client's address, or the one that a trusted proxy named. */
    String remoteAddress();
}
