package dev.pushwire.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP request that began a connection. Immutable. */
public interface Handshake {
    /** The path within the application, decoded and without the query. */
    String path();

    /** The values of the variables in the endpoint's path pattern, such as {@code room} in {@code /rooms/{room}}. */
    Map<String, String> pathVariables();

    /** The first value of a query parameter, decoded; null if it is absent. */
    @Nullable
    String queryParameter(String name);

    /** The first line of a header; null if it is absent. The case of the name does not matter. */
    default @Nullable String header(String name) {
        List<String> lines = headers(name);
        return lines.isEmpty() ? null : lines.getFirst();
    }

    /** All lines of a header, empty if there are none. The case of the name does not matter. */
    List<String> headers(String name);

    /**
     * The user that the request comes from, by its token or by the application's security filters; null if it is
     * anonymous.
     */
    @Nullable
    Principal principal();

    /** The subprotocols that the client offered, in its order of preference. */
    List<String> offeredSubprotocols();

    /** The client's IP address. Behind a trusted proxy it is the address that the proxy named. */
    String remoteAddress();
}
