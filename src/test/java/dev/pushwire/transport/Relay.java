package dev.pushwire.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A relay between one client and the service. A test decides how it passes bytes on: as they come, one by one, all at
 * once, or not at all.
 */
public final class Relay implements AutoCloseable {
    private final Socket client;
    private final Socket near;
    private final Socket far;
    private final ByteArrayOutputStream fromService = new ByteArrayOutputStream();
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean holding;
    private volatile boolean crumbling;
    private volatile boolean vanished;

    private Relay(InetSocketAddress service) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.client = new Socket(listener.getInetAddress(), listener.getLocalPort());
            this.near = listener.accept();
        }
        this.far = new Socket(service.getAddress(), service.getPort());
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        Thread.ofVirtual().name("relay-up").start(() -> pump(near, far));
        Thread.ofVirtual().name("relay-down").start(() -> pump(far, near));
    }

    public static Relay to(InetSocketAddress service) {
        try {
            return new Relay(service);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The client's end. */
    public Socket client() {
        return client;
    }

    /** From now on each byte travels in a segment of its own, both ways. */
    void crumble() {
        crumbling = true;
    }

    /** Keeps back what the client sends. */
    synchronized void hold() {
        holding = true;
    }

    /** Sends on what was kept back, in one piece. */
    synchronized void release() {
        holding = false;
        try {
            far.getOutputStream().write(held.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized int heldBytes() {
        return held.size();
    }

    /** What the service has sent. */
    synchronized byte[] fromService() {
        return fromService.toByteArray();
    }

    /** From now on nothing gets through, not even the end of the stream: a cable is pulled. */
    public void vanish() {
        vanished = true;
    }

    /** Ends the TCP connection to the service in order, whatever the client has still to say. */
    void cut() {
        try {
            far.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resets the TCP connection to the service. */
    void reset() {
        try {
            far.setSoLinger(true, 0);
            far.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[64 * 1024];
        try {
            for (int count = from.getInputStream().read(buffer);
                    count >= 0;
                    count = from.getInputStream().read(buffer)) {
                if (!vanished) {
                    pass(buffer, count, to);
                }
            }
        } catch (IOException e) {
            // one of the two is gone, and with it what was on the way
        }
        passEnd(to);
    }

    private void passEnd(Socket to) {
        try {
            if (!vanished) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            // it knows
        }
    }

    private void pass(byte[] bytes, int count, Socket to) throws IOException {
        if (to == far && isHeld(bytes, count)) {
            return;
        }
        if (to == near) {
            note(bytes, count);
        }
        int step = crumbling ? 1 : count;
        for (int at = 0; at < count; at += step) {
            to.getOutputStream().write(bytes, at, step);
        }
    }

    private synchronized boolean isHeld(byte[] bytes, int count) {
        if (holding) {
            held.write(bytes, 0, count);
        }
        return holding;
    }

    private synchronized void note(byte[] bytes, int count) {
        fromService.write(bytes, 0, count);
    }

    @Override
    public void close() {
        try (client;
                near;
                far) {
            vanished = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
