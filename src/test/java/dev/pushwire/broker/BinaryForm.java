package dev.pushwire.broker;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Spells out the bytes that nodes write for each other. */
public final class BinaryForm {
    private BinaryForm() {}

    /**
     * The parts one after the other: a {@code Byte} or {@code Boolean} is one byte, a {@code Short} two, an {@code Integer} four, a
     * {@code Long} eight, the highest first; a {@code String} is its UTF-8; bytes are themselves, and an array stands for its parts.
     */
    public static byte[] of(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            out.writeBytes(bytes(part));
        }
        return out.toByteArray();
    }

    private static byte[] bytes(Object part) {
        return switch (part) {
            case Boolean flag -> new byte[] {(byte) (flag ? 1 : 0)};
            case Byte value -> new byte[] {value};
            case Short value -> ByteBuffer.allocate(Short.BYTES).putShort(value).array();
            case Integer value ->
                ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
            case Long value -> ByteBuffer.allocate(Long.BYTES).putLong(value).array();
            case byte[] bytes -> bytes;
            case Object[] more -> of(more);
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException(part.getClass().getName());
        };
    }
}
