package dev.pushwire.socketio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes what nodes tell each other, for a {@link ByteReader}. */
final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ByteWriter number(long value) {
        return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private ByteWriter count(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    private ByteWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    ByteWriter flag(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    ByteWriter text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return count(bytes.length).raw(bytes);
    }

    ByteWriter optional(@Nullable String value) {
        flag(value != null);
        return value == null ? this : text(value);
    }

    ByteWriter texts(Collection<String> values) {
        count(values.size());
        values.forEach(this::text);
        return this;
    }

    ByteWriter buffers(Collection<ByteBuffer> values) {
        count(values.size());
        for (ByteBuffer value : values) {
            byte[] bytes = new byte[value.remaining()];
            value.get(value.position(), bytes);
            count(bytes.length).raw(bytes);
        }
        return this;
    }

    ByteWriter arguments(Arguments arguments) {
        return text(arguments.json()).buffers(arguments.attachments());
    }

    ByteWriter selection(Selection selection) {
        return texts(selection.rooms()).texts(selection.except());
    }

    /** Appends the bytes of another writer. */
    ByteWriter append(byte[] written) {
        return raw(written);
    }

    int size() {
        return out.size();
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
