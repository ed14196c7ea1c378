package dev.pushwire.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A network between one node and Redis. It can cut off this node alone, or put it far away from Redis. */
public final class Bridge implements AutoCloseable {
    private final ServerSocket near;
    private final int far;
    private final Duration delay;
    private final AtomicInteger turns = new AtomicInteger();
    private final Set<Socket> crossing = ConcurrentHashMap.newKeySet();
    private volatile boolean up;

    private Bridge(ServerSocket near, int far, Duration delay) {
        this.near = near;
        this.far = far;
        this.delay = delay;
    }

    /** A port of this machine that leads to another one. */
    public static Bridge to(int port) {
        return to(port, Duration.ZERO);
    }

    /** A port of this machine that leads to another one, with a delay in both directions. */
    public static Bridge to(int port, Duration delay) {
        try {
            Bridge bridge = new Bridge(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port, delay);
            Thread.ofVirtual().name("bridge").start(bridge::run);
            return bridge;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return near.getLocalPort();
    }

    /**
     * How often a node has sent something to Redis after Redis had sent something to it, on all connections. This is at
     * most the number of round trips.
     */
    int turns() {
        return turns.get();
    }

    /** Breaks all connections, and lets no new one through. */
    public void raise() {
        up = true;
        crossing.forEach(Bridge::end);
    }

    public void lower() {
        up = false;
    }

    private void run() {
        while (!near.isClosed()) {
            try {
                Socket client = near.accept();
                if (up) {
                    end(client);
                    continue;
                }
                Socket server = reach(client);
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                crossing.add(client);
                crossing.add(server);
                AtomicBoolean answered = new AtomicBoolean(true);
                carry(client, server, () -> {
                    if (answered.getAndSet(false)) {
                        turns.incrementAndGet();
                    }
                });
                carry(server, client, () -> answered.set(true));
            } catch (IOException e) {
                // closed, or Redis is away: the node will try again
            }
        }
    }

    private Socket reach(Socket client) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), far);
        } catch (IOException e) {
            end(client);
            throw e;
        }
    }

    private void carry(Socket from, Socket to, Runnable passing) {
        BlockingQueue<Parcel> onItsWay = new LinkedBlockingQueue<>();
        Thread.ofVirtual().name("bridge-in").start(() -> take(from, onItsWay, passing));
        Thread.ofVirtual().name("bridge-out").start(() -> deliver(onItsWay, from, to));
    }

    private void take(Socket from, BlockingQueue<Parcel> onItsWay, Runnable passing) {
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int count = from.getInputStream().read(buffer);
                    count > 0;
                    count = from.getInputStream().read(buffer)) {
                passing.run();
                onItsWay.add(new Parcel(Arrays.copyOf(buffer, count), System.nanoTime() + delay.toNanos()));
            }
        } catch (IOException e) {
            // broken off
        }
        onItsWay.add(new Parcel(new byte[0], System.nanoTime()));
    }

    private void deliver(BlockingQueue<Parcel> onItsWay, Socket from, Socket to) {
        try (from;
                to) {
            for (Parcel next = onItsWay.take(); next.bytes().length > 0; next = onItsWay.take()) {
                TimeUnit.NANOSECONDS.sleep(next.due() - System.nanoTime());
                to.getOutputStream().write(next.bytes());
            }
        } catch (IOException e) {
            // broken off
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            crossing.remove(from);
            crossing.remove(to);
        }
    }

    /** @param due when it is there, as {@link System#nanoTime} */
    private record Parcel(byte[] bytes, long due) {}

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        raise();
        try {
            near.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
