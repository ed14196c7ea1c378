package dev.pushwire.endpoint;

import java.nio.ByteBuffer;

/** A text message as it arrived: UTF-8, already validated. Becomes a {@code String} only when asked. */
public interface Text {
    /** The message. */
    @Override
    String toString();

    /** The message as UTF-8, from position to limit; read-only, valid as long as this text is. */
    ByteBuffer utf8();
}
