package dev.pushwire.protocol;

import org.jspecify.annotations.Nullable;

/** The frame types of RFC 6455, section 11.8. */
public enum Opcode {
    CONTINUATION(0x0),
    TEXT(0x1),
    BINARY(0x2),
    CLOSE(0x8),
    PING(0x9),
    PONG(0xA);

    private static final @Nullable Opcode[] BY_CODE = new @Nullable Opcode[16];

    static {
        for (Opcode opcode : values()) {
            BY_CODE[opcode.code] = opcode;
        }
    }

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    /** The four bits on the wire. */
    public int code() {
        return code;
    }

    /** Control frames are those whose most significant opcode bit is set (section 5.5). */
    public boolean isControl() {
        return code >= 0x8;
    }

    /** The opcode of the four low bits of {@code octet}; null for the reserved ones (3–7 and B–F). */
    public static @Nullable Opcode of(int octet) {
        return BY_CODE[octet & 0xF];
    }
}
