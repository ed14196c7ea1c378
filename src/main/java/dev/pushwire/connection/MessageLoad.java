package dev.pushwire.connection;

/** A number of messages and their bytes, in one long, so that both change at once. */
final class MessageLoad {
    /** One message. Its bytes are added to it. */
    static final long MESSAGE = 1L << 40;

    private MessageLoad() {}

    static long bytes(long load) {
        return load % MESSAGE;
    }

    /** @param overhead how much heap each message takes besides its bytes */
    static long memory(long load, int overhead) {
        return bytes(load) + load / MESSAGE * overhead;
    }
}
