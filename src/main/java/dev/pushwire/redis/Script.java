package dev.pushwire.redis;

import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** The Lua scripts. Redis runs each in one step. */
enum Script {
    BEGIN("begin.lua"),
    PUBLISH("publish.lua", "clock.lua", "topic.lua"),
    HISTORY("history.lua", "clock.lua", "topic.lua"),
    STANDING("standing.lua", "clock.lua", "topic.lua"),
    LOST("lost.lua", "clock.lua", "topic.lua"),
    STOOD("stood.lua", "clock.lua", "topic.lua"),
    PUBLISHED("published.lua", "clock.lua"),
    JOIN("join.lua"),
    LEAVE("leave.lua"),
    BEAT("beat.lua"),
    LEFT_BEHIND("left-behind.lua"),
    TELL("tell.lua"),
    RETELL("retell.lua"),
    NOTICES("notices.lua"),
    ASK("ask.lua"),
    ANSWER("answer.lua"),
    KEEP("keep.lua"),
    TAKE("take.lua"),
    LIVE("live.lua");

    private final String source;
    private final String digest;

    /**
     * @param file the file; its first line tells Redis whether the script writes, and whether it may run when there is
     *     no memory left
     * @param parts the files that come between that line and the rest
     */
    Script(String file, String... parts) {
        String own = read(file);
        int line = own.indexOf('\n') + 1;
        this.source = own.substring(0, line)
                + Arrays.stream(parts).map(Script::read).collect(Collectors.joining())
                + own.substring(line);
        this.digest = Base16.digest(source.getBytes(StandardCharsets.UTF_8));
    }

    String source() {
        return source;
    }

    /** The name that Redis gives the script once it has run. */
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
