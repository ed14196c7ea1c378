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
        return wire -> message -> {
            Wire.Answer answer = wire.exchange("POST", path, "Content-Type: text/plain\r\n", message);
            if (answer.status() / 100 != 2) {
                throw new IOException("A publication was answered " + answer);
            }
        };
    }
}
