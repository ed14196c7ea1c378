package dev.pushwire.polling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests as messages; thread-safe. */
@FunctionalInterface
public interface PostedBodies {
    /**
     * A message.
     *
     * @param content of a text, as valid UTF-8; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // is compared by nobody
    record Message(boolean isText, byte[] content) {}

    /** The messages of a body, in order; null where it cannot be read. Must not wait. */
    @Nullable
    List<Message> read(byte[] body);
}
