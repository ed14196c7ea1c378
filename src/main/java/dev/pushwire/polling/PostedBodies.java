package dev.pushwire.polling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests as messages. Thread-safe. */
@FunctionalInterface
public interface PostedBodies {
    /**
     * A message.
     *
     * @param content the content; a text is valid UTF-8; must not be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Message(boolean isText, byte[] content) {}

    /** The messages of a body, in order; null if the body cannot be read. Must not wait. */
    @Nullable
    List<Message> read(byte[] body);
}
