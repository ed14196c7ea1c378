package dev.pushwire.socketio;

import dev.pushwire.broker.ClusterBus;
import java.util.function.Consumer;
import java.util.function.Function;

/** A page of an answer to another node. It holds as many items as fit. */
final class Page {
    /** The largest item that may be added to a page with room. */
    private static final int LARGEST_ITEM = 512 * 1024;

    private final ByteWriter out = new ByteWriter();
    private boolean full;

    /** Whether one more item fits. If not, the page says that there are more. */
    boolean hasRoom() {
        full = out.size() > ClusterBus.MAX_QUESTION_SIZE - 2 * Long.BYTES - LARGEST_ITEM;
        return !full;
    }

    boolean isFull() {
        return full;
    }

    void add(byte[] item) {
        out.append(item);
    }

    byte[] bytes() {
        return new ByteWriter().flag(full).append(out.bytes()).bytes();
    }

    static boolean isTooLarge(int size) {
        return size > LARGEST_ITEM;
    }

    /**
     * Reads the items of a page.
     *
     * @return whether there is another page
     */
    static <T> boolean read(byte[] page, Function<ByteReader, T> item, Consumer<T> sink) {
        ByteReader in = new ByteReader(page);
        boolean more = in.flag();
        while (in.hasMore()) {
            sink.accept(item.apply(in));
        }
        return more;
    }
}
