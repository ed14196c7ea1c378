package dev.pushwire.bench.ways;

import java.io.IOException;

/** How messages are published to one server. */
public interface Sending {
    /** Publishes over one connection, one message after the other. */
    Sender over(Wire wire) throws IOException;

    /** Publishes messages. */
    interface Sender {
        void send(String message) throws IOException;
    }

    /** Publishes each message by a request. */
    static Sending byPost(String path) {
        return byPost(path, "");
    }

    /**
     * The same.
     *
     * @param headers header lines, with their line breaks
     */
    static Sending byPost(String path, String headers) {
        String all = "Content-Type: text/plain\r\n" + headers;
        return wire -> message -> {
            Wire.Answer answer = wire.exchange("POST", path, all, message);
            if (answer.status() / 100 != 2) {
                throw new IOException("A publication was answered " + answer);
            }
        };
    }
}
