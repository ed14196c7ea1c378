package dev.pushwire.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The key by which an address is counted. For IPv6 it is the network of 64 bits, since one subscriber has such a
 * network (RFC 6177) and may use any address in it. Otherwise it is the address itself.
 */
final class AddressKey {
    private static final int NETWORK_BYTES = 8;

    /** The key of all clients without an address that can be read. */
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
