package dev.pushwire.protocol;

/**
 * The rules of RFC 6455, section 5, for the first two octets of a client's frame. They are one function of those
 * octets, of whether a fragmented message is under way, and of whether compression was negotiated.
 */
final class FrameRules {
    private static final int RESERVED_BITS = 0x70;
    static final int RSV1 = 0x40;
    private static final int MASKED = 0x80;
    private static final int LONGEST_CONTROL = 125;

    private FrameRules() {}

    /** @throws ProtocolException 1002 if a rule is broken */
    static Opcode check(int first, int second, boolean withinMessage, boolean compression) {
        // 5.2: "MUST be 0 unless an extension is negotiated that defines meanings for non-zero values."
        int permitted = compression ? RSV1 : 0;
        if ((first & RESERVED_BITS & ~permitted) != 0) {
            throw ProtocolException.violation("a reserved bit is set");
        }
        // 5.2: "If an unknown opcode is received, the receiving endpoint MUST _Fail the WebSocket Connection_."
        Opcode opcode = Opcode.of(first);
        if (opcode == null) {
            throw ProtocolException.violation("a reserved opcode");
        }
        // 5.1: "The server MUST close the connection upon receiving a frame that is not masked."
        if ((second & MASKED) == 0) {
            throw ProtocolException.violation("a frame that is not masked");
        }
        // RFC 7692, 6.1: RSV1 is for "the first fragment of a message"; "a control frame" with it is failed too.
        if ((first & RSV1) != 0 && (opcode.isControl() || opcode == Opcode.CONTINUATION)) {
            throw ProtocolException.violation("RSV1 is set on a frame that begins no message");
        }
        boolean fin = (first & 0x80) != 0;
        if (opcode.isControl()) {
            // 5.5: "All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented."
            if (!fin) {
                throw ProtocolException.violation("a fragmented control frame");
            }
            if ((second & 0x7F) > LONGEST_CONTROL) {
                throw ProtocolException.violation("a control frame of more than 125 bytes");
            }
        } else if (opcode == Opcode.CONTINUATION) {
            // 5.4: a fragmented message starts with "an opcode other than 0".
            if (!withinMessage) {
                throw ProtocolException.violation("a continuation of no message");
            }
        } else if (withinMessage) {
            // 5.4: "The fragments of one message MUST NOT be interleaved between the fragments of another message".
            throw ProtocolException.violation("a new message within a fragmented one");
        }
        return opcode;
    }
}
