package dev.pushwire.tomcat;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a client as proxies write it (RFC 7239, section 6, and what they add in X-Forwarded-For): with a port or
 * without, an IPv6 address in brackets or not. Nothing is ever looked up.
 */
final class ClientAddress {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private ClientAddress() {}

    /**
     * The one way to write an address, whatever it was written like; null for what is no address, such as {@code unknown}.
     * An IPv4 address in an IPv6 one is itself, and a zone is left out: it names a network card of another machine.
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
            // Spring puts brackets around whatever has a colon, an IPv4 address and its port included.
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
