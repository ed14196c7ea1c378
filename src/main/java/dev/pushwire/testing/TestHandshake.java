package dev.pushwire.testing;

import dev.pushwire.endpoint.Handshake;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A handshake for calls of {@code onHandshake} and {@code onOpen}. Immutable: each {@code with} method returns a new
 * handshake.
 *
 * {@snippet :
 * Handshake handshake = TestHandshake.to("/orders/ada")
 *         .withPathVariable("customer", "ada")
 *         .withPrincipal("ada");
 * }
 */
public final class TestHandshake implements Handshake {
    /** An address that is kept free for documentation (RFC 5737). */
    private static final String SOMEWHERE = "192.0.2.1";

    private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";

    private final String path;
    private final Map<String, String> pathVariables;
    private final Map<String, String> query;
    private final Map<String, List<String>> headers; // names are case-insensitive
    private final @Nullable Principal principal;
    private final String remoteAddress;

    private TestHandshake(
            String path,
            Map<String, String> pathVariables,
            Map<String, String> query,
            Map<String, List<String>> headers,
            @Nullable Principal principal,
            String remoteAddress) {
        this.path = path;
        this.pathVariables = pathVariables;
        this.query = query;
        this.headers = headers;
        this.principal = principal;
        this.remoteAddress = remoteAddress;
    }

    /**
     * An anonymous handshake from 192.0.2.1, without headers.
     *
     * @param path the path as {@link #path} returns it: decoded, and without a query
     */
    public static TestHandshake to(String path) {
        return new TestHandshake(path, Map.of(), Map.of(), Map.of(), null, SOMEWHERE);
    }

    /**
     * The same with a path variable. The handshake does not read variables from the path, since only a mapping knows
     * the pattern.
     */
    public TestHandshake withPathVariable(String name, String value) {
        Map<String, String> more = with(pathVariables, name, value);
        return new TestHandshake(path, more, query, headers, principal, remoteAddress);
    }

    /** The same with a query parameter, which replaces one of the same name. */
    public TestHandshake withQueryParameter(String name, String value) {
        Map<String, String> more = with(query, name, value);
        return new TestHandshake(path, pathVariables, more, headers, principal, remoteAddress);
    }

    /** The same with one more line of a header. */
    public TestHandshake withHeader(String name, String line) {
        List<String> lines = new ArrayList<>(headers(name));
        lines.add(line);
        Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, List.copyOf(lines));
        return new TestHandshake(path, pathVariables, query, more, principal, remoteAddress);
    }

    /** The same from a user with this name. */
    public TestHandshake withPrincipal(String name) {
        return withPrincipal(new TestPrincipal(name));
    }

    /** The same from this principal. */
    public TestHandshake withPrincipal(Principal who) {
        return new TestHandshake(path, pathVariables, query, headers, who, remoteAddress);
    }

    /** The same with these subprotocols after those that it offers already, in order of preference. */
    public TestHandshake withSubprotocols(String... names) {
        return withHeader(SUBPROTOCOLS, String.join(", ", names));
    }

    /** The same from this IP address. */
    public TestHandshake withRemoteAddress(String address) {
        return new TestHandshake(path, pathVariables, query, headers, principal, address);
    }

    private static Map<String, String> with(Map<String, String> known, String name, String value) {
        Map<String, String> more = new HashMap<>(known);
        more.put(name, value);
        return Map.copyOf(more);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Map<String, String> pathVariables() {
        return pathVariables;
    }

    @Override
    public @Nullable String queryParameter(String name) {
        return query.get(name);
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public @Nullable Principal principal() {
        return principal;
    }

    @Override
    public List<String> offeredSubprotocols() {
        return headers(SUBPROTOCOLS).stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }
}
