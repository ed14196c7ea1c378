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

    /** Who comes from no address that anybody can tell is counted together with all who do. */
    private static final String UNKNOWN = "unknown";

    private AddressKey() {}

    static String of(String remoteAddress) {
        try {
            InetAddress address = InetAddress.ofLiteral(remoteAddress);
            return address instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "/64"
                    : address.getHostAddress();
        } catch (IllegalArgumentException e) {
            return UNKNOWN;
        }
    }
}
