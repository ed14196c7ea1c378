package dev.pushwire.testing;

import dev.pushwire.endpoint.Text;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A text for calls of {@code onText}. Immutable. Unlike a text from a connection, it stays valid when the call is over.
 *
 * @param text the message
 */
public record TestText(String text) implements Text {
    @Override
    public ByteBuffer utf8() {
        return StandardCharsets.UTF_8.encode(text).asReadOnlyBuffer();
    }

    /** The message. */
    @Override
    public String toString() {
        return text;
    }
}
