package dev.pushwire.connection;

import dev.pushwire.endpoint.Text;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A text over memory that it does not own. Each event loop has one, and points it at one message after the other. */
final class ReceivedText implements Text {
    private @Nullable ByteBuffer payload;

    /** Points at a payload, from position to limit; null when the message is over. */
    void show(@Nullable ByteBuffer message) {
        this.payload = message;
    }

    ByteBuffer payload() {
        if (payload == null) {
            throw new IllegalStateException("A Text is valid only until onText returns; keep its toString() instead");
        }
        return payload;
    }

    @Override
    public ByteBuffer utf8() {
        return payload().asReadOnlyBuffer();
    }

    @Override
    public String toString() {
        return StandardCharsets.UTF_8.decode(payload().duplicate()).toString();
    }
}
