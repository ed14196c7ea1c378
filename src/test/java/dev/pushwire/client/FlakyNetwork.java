package dev.pushwire.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network between a client and the service. A test can cut all connections. */
final class FlakyNetwork implements AutoCloseable {
    private final ServerSocket listener;
    private volatile InetSocketAddress service;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    FlakyNetwork(InetSocketAddress service) {
        this.service = service;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI push() {
        return URI.create("ws://localhost:" + listener.getLocalPort() + "/push");
    }

    /** New connections lead to another service. */
    void leadTo(InetSocketAddress other) {
        service = other;
        cut();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket();
                open.add(near);
                open.add(far);
                Thread.ofVirtual().start(() -> connect(near, far));
            }
        } catch (IOException e) {
            cut(); // closed
        }
    }

    private void connect(Socket near, Socket far) {
        try {
            far.connect(service);
            Thread.ofVirtual().start(() -> pump(far, near));
            pump(near, far);
        } catch (IOException e) {
            close(near);
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // cut
        } finally {
            close(from);
            close(to);
        }
    }

    void cut() {
        open.forEach(FlakyNetwork::close);
        open.clear();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
