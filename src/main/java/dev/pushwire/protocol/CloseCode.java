package dev.pushwire.protocol;

/**
 * The close codes of the IANA "WebSocket Close Code Number Registry" (RFC 6455, sections 7.4 and 11.7), under their
 * names there.
 */
public final class CloseCode {
    public static final int NORMAL_CLOSURE = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int UNSUPPORTED_DATA = 1003;
    /** Never on the wire: the code for an application if the peer's Close carried none. */
    public static final int NO_STATUS_RECEIVED = 1005;
    /** Never on the wire: the code for an application if the connection ended without a Close. */
    public static final int ABNORMAL_CLOSURE = 1006;

    public static final int INVALID_FRAME_PAYLOAD_DATA = 1007;
    public static final int POLICY_VIOLATION = 1008;
    public static final int MESSAGE_TOO_BIG = 1009;
    public static final int MANDATORY_EXTENSION = 1010;
    public static final int INTERNAL_ERROR = 1011;
    public static final int SERVICE_RESTART = 1012;
    public static final int TRY_AGAIN_LATER = 1013;
    public static final int BAD_GATEWAY = 1014;
    /** Never on the wire: a failed TLS handshake. */
    public static final int TLS_HANDSHAKE = 1015;

    private CloseCode() {}

    /**
     * Whether an endpoint may put this code into a Close frame: 1000–1003 and 1007–1014 as registered, 3000–3999 for
     * registered and 4000–4999 for private use. 1004 is reserved, and 1005, 1006 and 1015 "MUST NOT be set as a status
     * code in a Close control frame" (section 7.4.1).
     */
    public static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
