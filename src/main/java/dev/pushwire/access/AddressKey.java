package dev.pushwire.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What an address is counted by: itself, or of an IPv6 address the network of 64 bits, since that is what one subscriber has
 * (RFC 6177) and may take any address of.
 */
final class AddressKey {
    private static final int NETWORK_BYTES = 8;

    private AddressKey() {}

    static String of(String remoteAddress) {
        if (remoteAddress.indexOf(':') < 0) {
            return remoteAddress;
        }
        try {
            if (InetAddress.ofLiteral(remoteAddress) instanceof Inet6Address address) {
                return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "/64";
            }
            return remoteAddress;
        } catch (IllegalArgumentException e) {
            return remoteAddress; // whatever a proxy calls it
        }
    }
}
