package dev.pushwire.redis;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The Redis user from {@code docs/nodes.md}. It may do what nodes do, and nothing else. */
final class RedisUser {
    static final String NAME = "pushwire";
    static final String PASSWORD = "secret";

    private RedisUser() {}

    /**
     * Options of a server that has this user, besides the default one.
     *
     * @param more that the user may do
     */
    static String[] options(String... more) {
        return Stream.of(Stream.of("--user"), rule().skip(1), Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }

    private static Stream<String> rule() {
        try {
            String line = Files.readAllLines(Path.of("docs/nodes.md")).stream()
                    .map(String::strip)
                    .filter(each -> each.startsWith("user " + NAME + " on >" + PASSWORD + " "))
                    .findFirst()
                    .orElseThrow();
            return Arrays.stream(line.split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RedisURI on(RedisServer server) {
        return RedisURI.builder(server.uri())
                .withAuthentication(NAME, PASSWORD.toCharArray())
                .build();
    }
}
