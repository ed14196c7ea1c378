package dev.pushwire.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Simulates a network in front of a server: it holds all data for a while, in both directions, and keeps the order. */
final class Relay implements AutoCloseable {
    private static final int LARGEST_CHUNK = 64 * 1024;
    private static final int CHUNKS = 1024; // how many may be on their way before the sender has to wait
    private static final Chunk END = new Chunk(ByteBuffer.allocate(0), 0);

    private final ServerSocket listener;
    private final int target;
    private final long held;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** @param due when it is sent on, as {@link System#nanoTime} counts */
    private record Chunk(ByteBuffer bytes, long due) {}

    private Relay(ServerSocket listener, int target, long held) {
        this.listener = listener;
        this.target = target;
        this.held = held;
    }

    /**
     * Listens on a port of its own.
     *
     * @param target port the port of the server, on loopback
     * @param held how long data is held, in each direction
     */
    static Relay to(int target, Duration held) throws IOException {
        Relay relay = new Relay(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), target, held.toNanos());
        Thread.ofVirtual().start(relay::accept);
        return relay;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = opened(listener.accept());
                Socket server = opened(new Socket(InetAddress.getLoopbackAddress(), target));
                pass(client, server);
                pass(server, client);
            } catch (IOException e) {
                close(); // the run fails with its first connection that is refused
            }
        }
    }

    private Socket opened(Socket socket) throws IOException {
        sockets.add(socket);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /**
     * Uses two threads for each direction, so that data is held from its arrival on. They are platform threads, which
     * wake closer to their time.
     */
    private void pass(Socket from, Socket to) {
        BlockingQueue<Chunk> way = new ArrayBlockingQueue<>(CHUNKS);
        Thread.ofPlatform().daemon().start(() -> read(from, way));
        Thread.ofPlatform().daemon().start(() -> write(way, to));
    }

    private void read(Socket from, BlockingQueue<Chunk> way) {
        byte[] chunk = new byte[LARGEST_CHUNK];
        try {
            try {
                InputStream in = from.getInputStream();
                for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                    way.put(new Chunk(ByteBuffer.wrap(Arrays.copyOf(chunk, count)), System.nanoTime() + held));
                }
            } catch (IOException e) {
                // it has ended, one way or the other
            }
            way.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(BlockingQueue<Chunk> way, Socket to) {
        try (to) {
            for (Chunk chunk = way.take(); chunk != END; chunk = way.take()) {
                for (long left = chunk.due() - System.nanoTime(); left > 0; left = chunk.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                to.getOutputStream().write(chunk.bytes().array());
            }
        } catch (IOException e) {
            // the other side has gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(listener);
        sockets.forEach(Relay::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // nothing is left to do with it
        }
    }
}
