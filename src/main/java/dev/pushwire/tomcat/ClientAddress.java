package dev.pushwire.tomcat;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a client, as proxies write it (RFC 7239, section 6, and their additions in X-Forwarded-For): with or
 * without a port, an IPv6 address with or without brackets. No name is ever looked up.
 */
final class ClientAddress {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private ClientAddress() {}

    /**
     * The canonical form of an address; null for a text that is not an address, such as {@code unknown}. An IPv4
     * address within an IPv6 one becomes an IPv4 address. A zone is left out, since it names a network card of another
     * machine.
     */
    static @Nullable String read(String text) {
        String address = withoutZone(withoutPort(text.strip()));
        if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(address).getHostAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String withoutPort(String text) {
        if (text.startsWith("[")) {
            int end = text.lastIndexOf(']');
            boolean closed = end > 0 && (end == text.length() - 1 || text.charAt(end + 1) == ':');
            // Spring puts brackets around every text with a colon, even an IPv4 address with its port.
            return closed ? withoutPort(text.substring(1, end)) : text;
        }
        int colon = text.indexOf(':');
        return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
