package dev.pushwire.redis;

import java.nio.charset.StandardCharsets;

/** Converts the arguments and answers of scripts. */
final class ScriptArguments {
    private ScriptArguments() {}

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
}
