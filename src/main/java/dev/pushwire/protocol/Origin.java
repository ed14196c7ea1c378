package dev.pushwire.protocol;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A web origin (RFC 6454): scheme, host, port.
 *
 * @param scheme in lower case
 * @param host in lower case; an IPv6 address keeps its brackets
 * @param port the scheme's default where none was named; 0 where the scheme has none
 */
record Origin(String scheme, String host, int port) {

    /** Reads {@code scheme "://" host [ ":" port ]}; null for anything else, the opaque origin {@code null} included. */
    static @Nullable Origin parse(String text) {
        int schemeEnd = text.indexOf("://");
        if (schemeEnd < 1) {
            return null;
        }
        String scheme = text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        String authority = text.substring(schemeEnd + 3).toLowerCase(Locale.ROOT);
        int colon = authority.lastIndexOf(':');
        boolean named = colon > authority.lastIndexOf(']');
        String host = named ? authority.substring(0, colon) : authority;
        int port = named ? port(authority.substring(colon + 1)) : defaultPort(scheme);
        boolean valid = !host.isEmpty() && port >= 0 && host.chars().noneMatch(c -> "/?#@ ".indexOf(c) >= 0);
        return valid ? new Origin(scheme, host, port) : null;
    }

    private static int port(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(digits) : 0;
        return port > 0 ? port : -1;
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> 0; // such as capacitor://localhost, whose pages live in an app
        };
    }
}
