package dev.pushwire.protocol;

/** A call of {@link MessageHandler} as a value; payloads that are not text are hex. */
public sealed interface Event {
    record Text(String text) implements Event {}

    record Binary(String hex) implements Event {
        Binary(byte[] payload) {
            this(Frames.hex(payload));
        }
    }

    record Ping(String hex) implements Event {}

    record Pong(String hex) implements Event {}

    record Close(int code, String reason) implements Event {}
}
