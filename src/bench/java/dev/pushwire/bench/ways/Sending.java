package dev.pushwire.bench.ways;

import java.io.IOException;

/** How one server takes a message that is to be published. */
public interface Sending {
    /** Over one connection, one after the other. */
    Sender over(Wire wire) throws IOException;

    /** Publishes. */
    interface Sender {
        void send(String message) throws IOException;
    }

    /** By a request each. */
    static Sending byPost(String path) {
        return byPost(path, "");
    }

    /**
     * The same.
     *
     * @param headers lines with their ends
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
