package dev.pushwire.protocol;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A web origin (RFC 6454): scheme, host, port.
 *
 * @param scheme in lower case
 * @param host in lower case; an IPv6 address keeps its brackets
 * @param port the scheme's default if none was named; 0 if the scheme has none
 */
record Origin(String scheme, String host, int port) {

    /**
     * Reads {@code scheme "://" host [ ":" port ]}; null for any other text, also for the opaque origin {@code null}.
     */
    static @Nullable Origin parse(String text) {
        int schemeEnd = text.indexOf("://");
        if (schemeEnd < 1) {
            return null;
        }
        String scheme = text.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        Authority authority = Authority.parse(text.substring(schemeEnd + 3));
        if (authority == null) {
            return null;
        }
        return new Origin(scheme, authority.host(), authority.port() > 0 ? authority.port() : defaultPort(scheme));
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> 0; // such as capacitor://localhost, whose pages live in an app
        };
    }

    /** Whether a page of this origin may come from that address, over HTTP or HTTPS. */
    boolean isAt(Authority address) {
        if (!host.equals(address.host())) {
            return false;
        }
        return switch (scheme) {
            case "http" -> port == (address.port() == 0 ? 80 : address.port());
            // A proxy that ends TLS may add the 80 that it listens on itself.
            case "https" -> port == address.port() || (port == 443 && (address.port() == 0 || address.port() == 80));
            default -> false;
        };
    }
}
