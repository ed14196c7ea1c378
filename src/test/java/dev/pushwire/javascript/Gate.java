package dev.pushwire.javascript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and the service as a network does, which breaks, is away for a while, or falls silent. */
final class Gate implements AutoCloseable {
    private final ServerSocket near;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private volatile int far;
    private volatile boolean shut;

    /** @param far the port that it leads to */
    Gate(int far) {
        this.far = far;
        try {
            this.near = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("gate").start(this::run);
    }

    int port() {
        return near.getLocalPort();
    }

    /** New connections lead there. */
    void leadTo(int port) {
        far = port;
    }

    /** Breaks all connections off, with a reset. */
    void cut() {
        passages.forEach(Passage::cut);
    }

    /** Breaks all connections off, and lets no new one through. */
    void shut() {
        shut = true;
        cut();
    }

    void open() {
        shut = false;
    }

    /** The connections that there are stay open for ever, and nothing gets through any more: not even their ends. New ones are as usual. */
    void silence() {
        passages.forEach(Passage::silence);
    }

    private void run() {
        while (!near.isClosed()) {
            try {
                Socket client = near.accept();
                if (shut) {
                    reset(client);
                } else {
                    enter(client);
                }
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void enter(Socket client) throws IOException {
        try {
            Passage passage = new Passage(client, new Socket(InetAddress.getLoopbackAddress(), far));
            passages.add(passage);
            passage.start();
        } catch (IOException e) {
            reset(client); // nobody listens there
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // gone already
        }
    }

    @Override
    public void close() {
        shut();
        try {
            near.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Passage {
        private final Socket client;
        private final Socket server;
        private volatile boolean silent;

        Passage(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void start() {
            Thread.ofVirtual().name("gate-in").start(() -> pump(client, server));
            Thread.ofVirtual().name("gate-out").start(() -> pump(server, client));
        }

        void cut() {
            passages.remove(this);
            reset(client);
            reset(server);
        }

        void silence() {
            silent = true;
        }

        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[64 * 1024];
            try {
                for (int count = from.getInputStream().read(buffer);
                        count >= 0;
                        count = from.getInputStream().read(buffer)) {
                    if (!silent) {
                        to.getOutputStream().write(buffer, 0, count);
                    }
                }
                if (!silent) {
                    to.shutdownOutput();
                }
            } catch (IOException e) {
                if (!silent) {
                    cut();
                }
            }
        }
    }
}
