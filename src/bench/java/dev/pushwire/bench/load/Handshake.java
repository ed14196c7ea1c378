package dev.pushwire.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The client's side of the opening handshake (RFC 6455, section 4.1). One key serves all connections. */
public final class Handshake {
    /** The extension that browsers offer. */
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";

    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: pushwire.v1.json\r\n";

    private static final String KEY = "cHVzaHdpcmUgYmVuY2htYQ==";
    private static final String ACCEPT = accept();
    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    private static final int LONGEST_ANSWER = 8192;

    private final byte[] request;

    Handshake(Job job) {
        this(
                job.path(),
                job.port(),
                (job.shape().deflate() ? OFFER : "") + (job.shape().isEnveloped() ? SUBPROTOCOL : ""));
    }

    /** A handshake for a WebSocket at this path, without extensions. */
    public Handshake(String path, int port) {
        this(path, port, "");
    }

    private Handshake(String path, int port, String headers) {
        String text = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + KEY + "\r\n" + headers + "\r\n";
        this.request = text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String accept() {
        try {
            byte[] text = (KEY + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-1
        }
    }

    /** The client's request. */
    public ByteBuffer request() {
        return ByteBuffer.wrap(request);
    }

    /** The server's answer, as it arrives. */
    public static final class Answer {
        private final ByteBuffer head = ByteBuffer.allocate(LONGEST_ANSWER);
        private int matched; // how many octets of END have come

        /**
         * Reads as far as the end of the answer's head.
         *
         * @return whether it is complete
         */
        public boolean read(ByteBuffer in) {
            while (in.hasRemaining() && matched < END.length) {
                if (!head.hasRemaining()) {
                    throw new WrongAnswerException("an endless answer to the handshake");
                }
                byte octet = in.get();
                head.put(octet);
                matched = octet == END[matched] ? matched + 1 : octet == END[0] ? 1 : 0;
            }
            return matched == END.length;
        }

        /**
         * Checks the answer.
         *
         * @return the extensions that the server accepted; null for none
         */
        public @Nullable String extensions() {
            String[] lines =
                    new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1).split("\r\n", -1);
            if (!lines[0].startsWith("HTTP/1.1 101")) {
                throw new WrongAnswerException("the handshake was answered " + lines[0]);
            }
            if (!ACCEPT.equals(header(lines, "sec-websocket-accept"))) {
                throw new WrongAnswerException("the handshake's answer is for another key");
            }
            return header(lines, "sec-websocket-extensions");
        }

        private static @Nullable String header(String[] lines, String name) {
            for (String line : lines) {
                int colon = line.indexOf(':');
                if (colon > 0
                        && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                    return line.substring(colon + 1).strip();
                }
            }
            return null;
        }
    }
}
