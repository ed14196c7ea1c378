package dev.pushwire.protocol;

/**
 * The peer broke the protocol or a limit, and the answer is to <i>Fail the WebSocket Connection</i> (RFC 6455, section
 * 7.1.7). The exception carries that answer. Every mistake of a peer after the opening handshake is of this type. It
 * has no stack trace, since a peer can provoke it at will, and no part of the service is at fault.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CloseStatus status;

    private ProtocolException(int code, String reason) {
        super(reason, null, false, false);
        this.status = new CloseStatus(code, reason);
    }

    /** The Close to send: 1002, 1007 or 1009. */
    public CloseStatus status() {
        return status;
    }

    /** 1002: a rule of the framing was broken. */
    public static ProtocolException violation(String what) {
        return new ProtocolException(CloseCode.PROTOCOL_ERROR, what);
    }

    /** 1007: "data within a message that was not consistent with the type of the message". */
    static ProtocolException invalidUtf8() {
        return new ProtocolException(CloseCode.INVALID_FRAME_PAYLOAD_DATA, "text that is not UTF-8");
    }

    /** 1007: a compressed message that cannot be decompressed. */
    static ProtocolException invalidDeflate() {
        return new ProtocolException(CloseCode.INVALID_FRAME_PAYLOAD_DATA, "a message that is no deflate stream");
    }

    /** 1009: a message "that is too big for it to process". */
    static ProtocolException tooBig(String what) {
        return new ProtocolException(CloseCode.MESSAGE_TOO_BIG, what);
    }
}
