package dev.pushwire.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What is done in Redis in one step. */
enum Script {
    PUBLISH("publish.lua", true),
    HISTORY("history.lua", true),
    LOST("lost.lua", true),
    JOIN("join.lua", false),
    LEAVE("leave.lua", false),
    EXPIRED("expired.lua", false);

    private final String source;

    /** @param opens whether it begins with opening the topic */
    Script(String file, boolean opens) {
        this.source = (opens ? read("open.lua") : "") + read(file);
    }

    String source() {
        return source;
    }

    private static String read(String file) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
