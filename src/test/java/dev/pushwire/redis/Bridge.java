package dev.pushwire.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between one node and Redis, so that this one can be cut off while others are not. */
public final class Bridge implements AutoCloseable {
    private final ServerSocket near;
    private final int far;
    private final Set<Socket> crossing = ConcurrentHashMap.newKeySet();
    private volatile boolean up;

    private Bridge(ServerSocket near, int far) {
        this.near = near;
        this.far = far;
    }

    /** A port of this machine that leads to another one. */
    public static Bridge to(int port) {
        try {
            Bridge bridge = new Bridge(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            Thread.ofVirtual().name("bridge").start(bridge::run);
            return bridge;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return near.getLocalPort();
    }

    /** Connections are broken off, and no new one gets further than to here. */
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
                Socket server = new Socket(InetAddress.getLoopbackAddress(), far);
                server.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                crossing.add(client);
                crossing.add(server);
                Thread.ofVirtual().name("bridge-there").start(() -> carry(client, server));
                Thread.ofVirtual().name("bridge-back").start(() -> carry(server, client));
            } catch (IOException e) {
                // closed, or Redis is away: the node will try again
            }
        }
    }

    private void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // broken off
        } finally {
            crossing.remove(from);
            crossing.remove(to);
        }
    }

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
