package dev.pushwire.tomcat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.protocol.HandshakeRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** A copy of the handshake's request. It outlives the servlet request, which the container reuses. */
record ServletHandshake(
        String path,
        Map<String, String> pathVariables,
        @Nullable String query,
        Map<String, List<String>> headers,
        @Nullable Principal principal,
        String remoteAddress)
        implements Handshake {

    static ServletHandshake copyOf(HttpServletRequest request, String path, Map<String, String> pathVariables) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, List.copyOf(Collections.list(request.getHeaders(name))));
        }
        return new ServletHandshake(
                UriUtils.decode(path, UTF_8),
                pathVariables,
                request.getQueryString(),
                headers,
                request.getUserPrincipal(),
                new Forwarding(request).remoteAddress());
    }

    /** The same handshake with this principal. */
    ServletHandshake of(@Nullable Principal other) {
        return new ServletHandshake(path, pathVariables, query, headers, other, remoteAddress);
    }

    /** The part of the request that the answer depends on. It is valid as long as the servlet request. */
    static HandshakeRequest view(HttpServletRequest request) {
        Forwarding forwarding = new Forwarding(request);
        return new HandshakeRequest(
                request.getMethod(),
                request.getProtocol(),
                name -> Collections.list(request.getHeaders(name)),
                forwarding.secure(),
                forwarding.addresses());
    }

    @Override
    public @Nullable String queryParameter(String name) {
        if (query == null) {
            return null;
        }
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            String key = equals < 0 ? parameter : parameter.substring(0, equals);
            if (decoded(key).equals(name)) {
                return equals < 0 ? "" : decoded(parameter.substring(equals + 1));
            }
        }
        return null;
    }

    /**
     * Decodes a text, or leaves it as it is if the client got it wrong: a mistake in one parameter must not affect the
     * others.
     */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public List<String> offeredSubprotocols() {
        List<String> offered = new ArrayList<>();
        for (String line : headers("Sec-WebSocket-Protocol")) {
            for (String name : line.split(",")) {
                if (!name.isBlank()) {
                    offered.add(name.strip());
                }
            }
        }
        return offered;
    }
}
