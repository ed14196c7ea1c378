package dev.pushwire.broker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The content of a publication. Immutable. */
public final class Payload {
    /** The type of the content. */
    public enum Kind {
        /** UTF-8. */
        TEXT,
        /** One JSON value in UTF-8. A subscriber that takes no JSON gets it as text. */
        JSON,
        BINARY
    }

    private final Kind kind;
    private final byte[] bytes;

    private Payload(Kind kind, byte[] bytes) {
        this.kind = kind;
        this.bytes = bytes;
    }

    public static Payload text(String text) {
        return new Payload(Kind.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A payload of bytes that are valid for their kind.
     *
     * @param bytes must not change afterwards
     */
    public static Payload of(Kind kind, byte[] bytes) {
        return new Payload(kind, bytes);
    }

    public Kind kind() {
        return kind;
    }

    /** The size in bytes. */
    public int size() {
        return bytes.length;
    }

    /** The bytes, read-only, from position to limit. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** The bytes as UTF-8; not for {@link Kind#BINARY}. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && kind == payload.kind && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return kind == Kind.BINARY ? "binary of " + bytes.length + " bytes" : text();
    }
}
