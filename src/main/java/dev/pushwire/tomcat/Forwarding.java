package dev.pushwire.tomcat;

import dev.pushwire.protocol.Authority;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client has asked for and from where, as the client sees it: by the request itself, and by the forwarded
 * headers of a trusted proxy. {@code server.forward-headers-strategy} decides which proxy is trusted: Tomcat's valve
 * marks a request that it believes, and Spring's filter hides the headers that it has read.
 *
 * <p>This class reads the headers again, since neither of the two separates the port that the client named from the
 * port on which the proxy listens.
 */
final class Forwarding {
    /** The mark of {@code RemoteIpValve}: the peer is a trusted proxy. */
    private static final String BELIEVED_BY_TOMCAT = "org.apache.tomcat.request.forwarded";

    private static final Pattern FORWARDED_HOST =
            Pattern.compile("(?:^|;)\\s*host\\s*=\\s*\"?([^\";,\\s]+)", Pattern.CASE_INSENSITIVE);

    private static final Set<String> TLS = Set.of("https", "wss");

    private final HttpServletRequest request;
    private final HttpServletRequest original;

    Forwarding(HttpServletRequest request) {
        this.request = request;
        this.original = innermost(request);
    }

    private static HttpServletRequest innermost(HttpServletRequest request) {
        HttpServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper
                && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
            inner = wrapped;
        }
        return inner;
    }

    /** Whether the client uses TLS. */
    boolean secure() {
        String scheme = believed("X-Forwarded-Proto");
        return request.isSecure() || (scheme != null && TLS.contains(scheme.toLowerCase(Locale.ROOT)));
    }

    /**
     * The addresses that the client may have named. There is one host. If only the proxy names a port, the port may be
     * the default or the proxy's.
     */
    List<Authority> addresses() {
        Authority asked = authority(original.getHeader("Host"));
        Authority outer = forwardedHost();
        Authority first = outer == null ? asked : outer;
        if (first == null) {
            return List.of();
        }
        List<Authority> addresses = new ArrayList<>(List.of(first));
        if (first.port() == 0 && asked != null && asked.host().equals(first.host())) {
            addresses.add(asked); // a proxy that forwards the bare name as well
        }
        Authority withPort = authority(first.host() + ":" + believed("X-Forwarded-Port"));
        if (withPort != null && addresses.stream().allMatch(address -> address.port() == 0)) {
            addresses.add(withPort);
        }
        return addresses;
    }

    /** The client's address, in the form of {@link ClientAddress}; the peer's address if no proxy has named one. */
    String remoteAddress() {
        String named = ClientAddress.read(request.getRemoteAddr());
        String peer = named == null ? ClientAddress.read(original.getRemoteAddr()) : null;
        return Objects.requireNonNullElse(named == null ? peer : named, "unknown");
    }

    private @Nullable Authority forwardedHost() {
        String forwarded = believedBySpring("Forwarded");
        if (forwarded == null) {
            return authority(believed("X-Forwarded-Host"));
        }
        Matcher host = FORWARDED_HOST.matcher(forwarded);
        return host.find() ? authority(host.group(1)) : null;
    }

    /**
     * The first element of a header, which the outermost proxy wrote; null if there is none, or no proxy is trusted.
     */
    private @Nullable String believed(String name) {
        return original.getAttribute(BELIEVED_BY_TOMCAT) == null ? believedBySpring(name) : first(name);
    }

    private @Nullable String believedBySpring(String name) {
        return request.getHeader(name) == null ? first(name) : null;
    }

    private @Nullable String first(String name) {
        String value = original.getHeader(name);
        return value == null || value.isBlank() ? null : value.split(",", 2)[0].strip();
    }

    private static @Nullable Authority authority(@Nullable String text) {
        return text == null ? null : Authority.parse(text);
    }
}
