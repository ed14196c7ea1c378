package dev.pushwire.protocol;

/**
 * The negotiated parameters of permessage-deflate (RFC 7692, section 7.1).
 *
 * @param serverTakeover whether the server's messages may refer to earlier ones
 * @param clientTakeover whether the client's messages may
 * @param serverWindowBits how far back the server may refer within a message: 8–15
 * @param clientWindowBits how far back the client may
 */
public record DeflateParameters(
        boolean serverTakeover, boolean clientTakeover, int serverWindowBits, int clientWindowBits) {
    static final String NAME = "permessage-deflate";
    static final String SERVER_NO_TAKEOVER = "server_no_context_takeover";
    static final String CLIENT_NO_TAKEOVER = "client_no_context_takeover";
    static final String SERVER_WINDOW_BITS = "server_max_window_bits";
    static final String CLIENT_WINDOW_BITS = "client_max_window_bits";
    static final int LARGEST_WINDOW = 15;

    /**
     * The parameters as the value of the {@code Sec-WebSocket-Extensions} header, without those that are the default.
     *
     * @param serverWindowOffered whether the client named a window for the server; 7.1.2.1: "A server accepts an
     *     extension negotiation offer with this parameter by including the 'server_max_window_bits' extension
     *     parameter"
     */
    String header(boolean serverWindowOffered) {
        StringBuilder header = new StringBuilder(NAME);
        if (!serverTakeover) {
            header.append("; ").append(SERVER_NO_TAKEOVER);
        }
        if (!clientTakeover) {
            header.append("; ").append(CLIENT_NO_TAKEOVER);
        }
        if (serverWindowOffered || serverWindowBits < LARGEST_WINDOW) {
            header.append("; ").append(SERVER_WINDOW_BITS).append('=').append(serverWindowBits);
        }
        if (clientWindowBits < LARGEST_WINDOW) {
            header.append("; ").append(CLIENT_WINDOW_BITS).append('=').append(clientWindowBits);
        }
        return header.toString();
    }
}
