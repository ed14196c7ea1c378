package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The reason why a connection closes: a code, and a text for people (RFC 6455, section 7.4).
 *
 * @param code 1000–4999; {@link CloseCode#mayBeSent} tells whether it may be sent
 * @param reason at most 123 bytes of UTF-8, since a control frame has no more room besides the code. A longer one is
 *     cut, never within a character
 */
public record CloseStatus(int code, String reason) {
    private static final int MAX_REASON_BYTES = 123;

    public static final CloseStatus NORMAL = new CloseStatus(CloseCode.NORMAL_CLOSURE, "");
    public static final CloseStatus NO_STATUS = new CloseStatus(CloseCode.NO_STATUS_RECEIVED, "");
    public static final CloseStatus ABNORMAL = new CloseStatus(CloseCode.ABNORMAL_CLOSURE, "");
    public static final CloseStatus UNSUPPORTED_TEXT =
            new CloseStatus(CloseCode.UNSUPPORTED_DATA, "this endpoint takes no text");
    public static final CloseStatus UNSUPPORTED_BINARY =
            new CloseStatus(CloseCode.UNSUPPORTED_DATA, "this endpoint takes no binary data");

    /** @throws IllegalArgumentException if {@code code} is not a close code */
    public CloseStatus {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("A close code is a number from 1000 to 4999, not " + code);
        }
        reason = cut(reason);
    }

    public CloseStatus(int code) {
        this(code, "");
    }

    /** The payload of the Close frame that carries this status; empty for one without a code to send. */
    public byte[] payload() {
        if (!CloseCode.mayBeSent(code)) {
            return new byte[0];
        }
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + utf8.length)
                .putShort((short) code)
                .put(utf8)
                .array();
    }

    /**
     * Reads the payload of a peer's Close frame.
     *
     * @throws ProtocolException 1002 if it is one byte, or the code must not be sent; 1007 if the reason is not UTF-8
     */
    static CloseStatus parse(ByteBuffer payload) {
        if (!payload.hasRemaining()) {
            return NO_STATUS;
        }
        if (payload.remaining() == 1) {
            throw ProtocolException.violation("a Close payload of one byte");
        }
        int code = payload.getShort() & 0xFFFF;
        if (!CloseCode.mayBeSent(code)) {
            throw ProtocolException.violation("a close code that must not be sent");
        }
        if (!Utf8.isValid(payload)) {
            throw ProtocolException.invalidUtf8();
        }
        return new CloseStatus(code, StandardCharsets.UTF_8.decode(payload).toString());
    }

    private static String cut(String reason) {
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= MAX_REASON_BYTES) {
            return reason;
        }
        int end = MAX_REASON_BYTES;
        while ((utf8[end] & 0xC0) == 0x80) {
            end--; // a continuation byte: the character it belongs to does not fit
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }
}
