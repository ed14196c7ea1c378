package dev.pushwire.protocol;

import dev.pushwire.protocol.HeaderGrammar.Extension;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the client's offers of permessage-deflate (RFC 7692, section 7.1); pure. The first offer that can be
 * honoured in full is accepted. An offer with an unknown or repeated parameter, or with a value out of its range, is
 * declined, as section 7.1 demands. If every offer is declined, the connection is not compressed.
 *
 * <pre>
 * offered                            agreed
 * server_no_context_takeover         is kept; also agreed without being offered, unless the policy has takeover
 * client_no_context_takeover         is kept; also agreed without being offered, unless the policy has takeover
 * server_max_window_bits=n, 8–15     the smaller of n and the policy's; the answer says it, be it 15
 * no server_max_window_bits          the policy's
 * client_max_window_bits             the policy's
 * client_max_window_bits=n, 8–15     the smaller of n and the policy's
 * no client_max_window_bits          15: such a client cannot be told
 * anything else                      the offer is declined
 * </pre>
 *
 * @param agreed the parameters that follow from the accepted offer
 * @param answer the value of the {@code Sec-WebSocket-Extensions} header that accepts it
 */
record DeflateOffer(DeflateParameters agreed, String answer) {

    /** The first offer that can be accepted; null if there is none. */
    static @Nullable DeflateOffer accept(List<Extension> offers, DeflatePolicy policy) {
        for (Extension offer : offers) {
            if (offer.name().equalsIgnoreCase(DeflateParameters.NAME)) {
                DeflateOffer accepted = agree(offer, policy);
                if (accepted != null) {
                    return accepted;
                }
            }
        }
        return null;
    }

    private static @Nullable DeflateOffer agree(Extension offer, DeflatePolicy policy) {
        boolean serverTakeover = policy.contextTakeover();
        boolean clientTakeover = policy.contextTakeover();
        int serverBits = policy.maxWindowBits();
        int clientBits = DeflateParameters.LARGEST_WINDOW;
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, String> parameter : offer.parameters()) {
            String value = parameter.getValue();
            if (!seen.add(parameter.getKey())) {
                return null;
            }
            switch (parameter.getKey()) {
                case DeflateParameters.SERVER_NO_TAKEOVER -> {
                    if (!value.isEmpty()) {
                        return null;
                    }
                    serverTakeover = false;
                }
                case DeflateParameters.CLIENT_NO_TAKEOVER -> {
                    if (!value.isEmpty()) {
                        return null;
                    }
                    clientTakeover = false;
                }
                case DeflateParameters.SERVER_WINDOW_BITS -> {
                    if (!isWindow(value)) {
                        return null;
                    }
                    serverBits = Math.min(serverBits, Integer.parseInt(value));
                }
                case DeflateParameters.CLIENT_WINDOW_BITS -> {
                    if (!value.isEmpty() && !isWindow(value)) {
                        return null;
                    }
                    clientBits = value.isEmpty()
                            ? policy.maxWindowBits()
                            : Math.min(policy.maxWindowBits(), Integer.parseInt(value));
                }
                default -> {
                    return null;
                }
            }
        }
        DeflateParameters agreed = new DeflateParameters(serverTakeover, clientTakeover, serverBits, clientBits);
        return new DeflateOffer(agreed, agreed.header(seen.contains(DeflateParameters.SERVER_WINDOW_BITS)));
    }

    /** 7.1.2: "a decimal integer value without leading zeroes between 8 to 15". */
    private static boolean isWindow(String value) {
        return switch (value) {
            case "8", "9", "10", "11", "12", "13", "14", "15" -> true;
            default -> false;
        };
    }
}
