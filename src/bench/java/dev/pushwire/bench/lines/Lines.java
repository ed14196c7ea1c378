package dev.pushwire.bench.lines;

import dev.pushwire.bench.load.Handshake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/** WebSockets on one selector. If one is refused, or ended by its server, the run fails. For one thread. */
public final class Lines implements AutoCloseable {
    /** The number of client addresses, so that limits for one address do not matter. */
    private static final int ADDRESSES = 40;

    private static final int FIRST_ADDRESS = 2; // 127.0.0.2; servers have 127.0.0.1
    private static final int BUFFER_SIZE = 256 * 1024; // more than the longest frame
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LONGEST_WAIT_MILLIS = 1000;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
    private int begun;
    private int open;

    /** Opens the selector. */
    public Lines() throws IOException {}

    /**
     * Opens many WebSockets that receive nothing, and returns when all are open.
     *
     * @param path the path, to which each appends its number
     * @param atATime how many are opened at a time
     */
    public void open(int port, String path, int count, int atATime) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (open < count) {
            while (begun < count && begun - open < atATime) {
                Line _ = begin(port, path + begun, Lines::unexpected);
            }
            select(LONGEST_WAIT_MILLIS);
            if (System.nanoTime() > deadline) {
                throw new IOException("Only " + open + " of " + count + " clients are in");
            }
        }
    }

    private static void unexpected(String text) {
        throw new IllegalStateException("A message that nobody expects: " + text);
    }

    /** Opens one WebSocket, and returns when it is open. */
    Line open(int port, String path, Consumer<String> texts) throws IOException {
        Line line = begin(port, path, texts);
        while (open < begun) {
            select(LONGEST_WAIT_MILLIS);
        }
        return line;
    }

    private Line begin(int port, String path, Consumer<String> texts) throws IOException {
        int address = FIRST_ADDRESS + begun % ADDRESSES;
        begun++;
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) address}), 0));
        SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
        Line line = new Line(channel, key, new Handshake(path, port), texts);
        key.attach(line);
        if (channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            line.ask();
        }
        return line;
    }

    /** Does what the channels are ready for. Waits a short time if there is nothing to do. */
    void select(int millis) throws IOException {
        selector.select(millis);
        for (SelectionKey key : selector.selectedKeys()) {
            open += ((Line) key.attachment()).ready(buffer) ? 1 : 0;
        }
        selector.selectedKeys().clear();
    }

    /** Drops the connections, as if the process of the clients had died. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            SocketChannel channel = (SocketChannel) key.channel();
            channel.setOption(StandardSocketOptions.SO_LINGER, 0); // a reset leaves no port in TIME_WAIT
            channel.close();
        }
        selector.close();
    }
}
