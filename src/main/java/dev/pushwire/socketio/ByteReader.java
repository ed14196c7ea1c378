package dev.pushwire.socketio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link ByteWriter} wrote, in the same order. Throws a {@link RuntimeException} for anything else. */
final class ByteReader {
    private final ByteBuffer in;

    /** @param in the bytes from position to limit; must not change afterwards */
    ByteReader(ByteBuffer in) {
        this.in = in.asReadOnlyBuffer();
    }

    ByteReader(byte[] in) {
        this(ByteBuffer.wrap(in));
    }

    boolean hasMore() {
        return in.hasRemaining();
    }

    long number() {
        return in.getLong();
    }

    boolean flag() {
        return in.get() != 0;
    }

    String text() {
        return StandardCharsets.UTF_8.decode(buffer()).toString();
    }

    @Nullable
    String optional() {
        return flag() ? text() : null;
    }

    Set<String> texts() {
        Set<String> texts = new LinkedHashSet<>();
        for (int left = in.getInt(); left > 0; left--) {
            texts.add(text());
        }
        return texts;
    }

    /** Slices of the input, not copies. */
    List<ByteBuffer> buffers() {
        List<ByteBuffer> buffers = new ArrayList<>(0);
        for (int left = in.getInt(); left > 0; left--) {
            buffers.add(buffer());
        }
        return buffers;
    }

    private ByteBuffer buffer() {
        int size = in.getInt();
        ByteBuffer part = in.slice(in.position(), size);
        in.position(in.position() + size);
        return part;
    }

    Arguments arguments() {
        return new Arguments(text(), buffers());
    }

    Selection selection() {
        return new Selection(texts(), texts());
    }
}
