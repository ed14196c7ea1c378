package dev.pushwire.javascript;

import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Something that runs JavaScript, in which the client is {@code Pushwire}, and {@code remote} what stands in {@link #HELPERS}. */
interface ClientHost extends AutoCloseable {
    Path HELPERS = NodeJs.SOURCES.resolve("test/remote.js");

    /** How long to wait for the client. */
    Duration PATIENCE = Duration.ofSeconds(40);

    /**
     * Runs the body of an asynchronous function.
     *
     * @return what it returns
     */
    JsonNode run(String code);

    /** Where to connect to, as this host names a port of this machine. */
    default String address(int port) {
        return "http://localhost:" + port;
    }

    @Override
    void close();
}
