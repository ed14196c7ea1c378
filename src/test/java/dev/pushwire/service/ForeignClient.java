package dev.pushwire.service;

/**
 * A WebSocket client of another project, used through its library. What it receives is reported as one line for each
 * event: {@code text …}, {@code binary <hex>}, {@code pong …}, {@code close <code> <reason>}.
 */
interface ForeignClient extends AutoCloseable {
    /** The one in use; empty for none. */
    String subprotocol();

    void sendText(String text);

    void sendBinary(byte[] data);

    /** One text message in several frames. */
    void sendFragments(String first, String second);

    void ping(String payload);

    void sendClose(int code, String reason);

    /** Waits for the next event. */
    String next();

    @Override
    void close();
}
