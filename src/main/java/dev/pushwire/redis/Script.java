package dev.pushwire.redis;

import io.lettuce.core.codec.Base16;
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
    PUBLISHED("published.lua", true),
    STOOD("stood.lua", true),
    JOIN("join.lua", false),
    LEAVE("leave.lua", false),
    EXPIRED("expired.lua", false),
    TELL("tell.lua", false),
    RETELL("retell.lua", false),
    NOTICES("notices.lua", false),
    ASK("ask.lua", false),
    ANSWER("answer.lua", false),
    LIVE("live.lua", false);

    private final String source;
    private final String digest;

    /** @param opens whether it begins with opening the topic */
    Script(String file, boolean opens) {
        this.source = (opens ? read("open.lua") : "") + read(file);
        this.digest = Base16.digest(source.getBytes(StandardCharsets.UTF_8));
    }

    String source() {
        return source;
    }

    /** The name by which Redis knows it once it has run. */
    String digest() {
        return digest;
    }

    private static String read(String file) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
