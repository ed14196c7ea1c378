package dev.pushwire.redis;

import dev.pushwire.broker.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Arguments and answers of scripts. */
final class Texts {
    private Texts() {}

    static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Object answer) {
        return new String((byte[]) answer, StandardCharsets.UTF_8);
    }

    static long number(Object answer) {
        return (Long) answer;
    }

    /**
     * What the scripts that open a state begin with.
     *
     * @return a list to add more to
     */
    static List<byte[]> opening(String incarnation, Duration life) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(bytes(incarnation));
        arguments.add(bytes(Position.ofNewEpoch().epoch()));
        arguments.add(bytes(life.toMillis()));
        return arguments;
    }
}
