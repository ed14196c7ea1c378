package dev.pushwire.connection;

/** How many messages there are and how many bytes they have, in one number, so that both change at once. */
final class MessageLoad {
    /** One message; its bytes are added to that. */
    static final long MESSAGE = 1L << 40;

    private MessageLoad() {}

    static long bytes(long load) {
        return load % MESSAGE;
    }

    /** @param overhead what each takes of the heap besides its bytes */
    static long memory(long load, int overhead) {
        return bytes(load) + load / MESSAGE * overhead;
    }
}
