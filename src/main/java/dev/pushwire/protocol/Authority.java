package dev.pushwire.protocol;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The address of a server as a client writes it, for example in a Host header (RFC 3986, section 3.2).
 *
 * @param host in lower case; an IPv6 address keeps its brackets
 * @param port from 1 to 65535; 0 if none was named
 */
public record Authority(String host, int port) {
    private static final int LARGEST_PORT = 65_535;
    private static final int INVALID = -1;

    /** Reads {@code host [ ":" port ]}; null for any other text. */
    public static @Nullable Authority parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean named = colon > text.lastIndexOf(']');
        String host = named ? text.substring(0, colon) : text;
        int port = named ? port(text.substring(colon + 1)) : 0;
        boolean valid = !host.isEmpty() && port != INVALID && host.chars().allMatch(Authority::isInHost);
        return valid ? new Authority(host.toLowerCase(Locale.ROOT), port) : null;
    }

    private static boolean isInHost(int c) {
        return c > ' ' && "/?#@,;\"\\".indexOf(c) < 0;
    }

    private static int port(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = number ? Integer.parseInt(digits) : 0;
        return port >= 1 && port <= LARGEST_PORT ? port : INVALID;
    }
}
