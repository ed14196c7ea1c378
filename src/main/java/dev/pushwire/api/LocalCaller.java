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
 * Tells whether a request was made on this machine by somebody who works on it. The address alone does not say so: a
 * proxy on this machine asks for people elsewhere, and so does a browser that shows a page from elsewhere.
 */
public final class LocalCaller {
    /**
     * Set by Tomcat's {@code RemoteIpValve} ({@code server.forward-headers-strategy=native}) on every request whose
     * headers it would have believed, and which it has taken away: such a request may come from anywhere.
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
     * The same for a request that only reads. Browsers do not say of a GET which page it comes from, so the name that it was
     * made under must be this machine's.
     */
    public static boolean mayRead(HttpServletRequest request) {
        return isLocal(request) && isLoopbackName(innermost(request).getServerName());
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
     * Browsers say with every POST which page it comes from: it must be one of this service. With a GET they may not say
     * it; hence this service must be asked for under a name that is this machine's by definition, since any other may be a
     * foreign site's that resolves to 127.0.0.1 on purpose.
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
        if (address == null) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(withoutBrackets(address)).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false; // a name, which nobody looks up here
        }
    }

    private static String withoutBrackets(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
