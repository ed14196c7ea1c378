package dev.pushwire.api;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person or program on this machine made a request. The address alone does not tell: a proxy on this machine
 * makes requests for people elsewhere, and so does a browser that shows a page from elsewhere.
 */
public final class LocalCaller {
    /**
     * Set by Tomcat's {@code RemoteIpValve} ({@code server.forward-headers-strategy=native}) on every request with
     * forwarded headers that it would trust, and which it has removed. Such a request may come from anywhere.
     */
    private static final String REMOTE_IP_VALVE_ATTRIBUTE = "org.apache.tomcat.request.forwarded";

    private static final String FORWARDED_PREFIX = "x-forwarded-";
    private static final Set<String> PROXY_HEADERS = Set.of("forwarded", "via", "x-real-ip");

    private LocalCaller() {}

    static boolean isLocal(HttpServletRequest request) {
        // Spring's filter for forwarded headers wraps the request and hides both them and the true address.
        HttpServletRequest original = innermost(request);
        return isLoopback(original.getRemoteAddr())
                && !isForwarded(original)
                && isLoopbackName(original.getServerName())
                && !isFromForeignPage(original);
    }

    /**
     * Whether a request that only reads was made on this machine. Browsers do not name the page of a GET. So the
     * request must name this machine as its host.
     */
    public static boolean mayRead(HttpServletRequest request) {
        return isLocal(request) && isLoopbackName(innermost(request).getServerName());
    }

    /**
     * The address of a request's caller, for the log. With Spring's filter for forwarded headers, a request names what
     * stands in a header, which may be any text. Then it is the address of the peer.
     */
    public static String address(HttpServletRequest request) {
        String named = request.getRemoteAddr();
        return read(named) == null ? innermost(request).getRemoteAddr() : withoutBrackets(named);
    }

    private static HttpServletRequest innermost(HttpServletRequest request) {
        HttpServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            ServletRequest wrapped = wrapper.getRequest();
            if (!(wrapped instanceof HttpServletRequest http)) {
                break;
            }
            inner = http;
        }
        return inner;
    }

    private static boolean isForwarded(HttpServletRequest request) {
        return request.getAttribute(REMOTE_IP_VALVE_ATTRIBUTE) != null
                || Collections.list(request.getHeaderNames()).stream().anyMatch(LocalCaller::isProxyHeader);
    }

    private static boolean isProxyHeader(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(FORWARDED_PREFIX) || PROXY_HEADERS.contains(lower);
    }

    /**
     * Whether a request comes from a page of another site. Browsers name the page with every POST: it must be one of
     * this service. With a GET they may not name it. Then the host must be a name that is this machine's by definition,
     * since any other may be a foreign site's that resolves to 127.0.0.1 on purpose.
     */
    private static boolean isFromForeignPage(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        String own = request.getScheme() + "://" + request.getHeader("Host");
        return !origin.equalsIgnoreCase(own);
    }

    private static boolean isLoopbackName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost") || isLoopback(name);
    }

    private static boolean isLoopback(@Nullable String address) {
        InetAddress read = read(address);
        return read != null && read.isLoopbackAddress();
    }

    /** Reads an address; null for a name, which nobody looks up here. */
    private static @Nullable InetAddress read(@Nullable String address) {
        if (address == null) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(withoutBrackets(address));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String withoutBrackets(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
