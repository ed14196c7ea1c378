package dev.pushwire.endpoint;

import java.nio.ByteBuffer;

/** A text message as it arrived, in valid UTF-8. It is decoded only when {@link #toString} is called. */
public interface Text {
    /** The message, decoded. */
    @Override
    String toString();

    /** The message as UTF-8, from position to limit. The buffer is read-only, and valid as long as this text is. */
    ByteBuffer utf8();
}
