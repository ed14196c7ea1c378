package dev.pushwire.push;

import dev.pushwire.endpoint.Text;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A text that arrived. */
public record FakeText(String text) implements Text {
    @Override
    public ByteBuffer utf8() {
        return StandardCharsets.UTF_8.encode(text).asReadOnlyBuffer();
    }

    @Override
    public String toString() {
        return text;
    }
}
