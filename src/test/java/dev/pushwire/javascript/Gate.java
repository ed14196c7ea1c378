package dev.pushwire.javascript;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A network between a client and the service. It can break, be away for a while, fall silent, or be a proxy that lets
 * only some requests through.
 */
final class Gate implements AutoCloseable {
    /** How a client asks for a connection. */
    enum Way {
        WEBSOCKET,
        STREAM,
        POLL;

        /** What a client sends in one piece; null where that asks for nothing new. */
        static @Nullable Way of(String request) {
            if (request.toLowerCase(Locale.ROOT).contains("\r\nupgrade: websocket\r\n")) {
                return WEBSOCKET;
            }
            return request.startsWith("POST /push HTTP/")
                    ? STREAM
                    : request.startsWith("POST /push?wait") ? POLL : null;
        }
    }

    /** What happens to a request. */
    enum Fate {
        PASSED,
        /** It is answered with 403. */
        REFUSED,
        /** It is never answered. */
        SWALLOWED,
        /** It is answered, and then nothing more comes. */
        MUTED
    }

    private static final byte[] REFUSAL = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket near;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private volatile int far;
    private volatile boolean shut;
    private final Map<Way, Fate> fates = new ConcurrentHashMap<>();

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

    /** New connections lead to this port. */
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

    /** Sets what happens to such requests from now on. */
    void let(Way way, Fate fate) {
        fates.put(way, fate);
    }

    /** From now on all others are refused, also those that there are. */
    void letOnly(Way passed) {
        for (Way way : Way.values()) {
            let(way, way == passed ? Fate.PASSED : Fate.REFUSED);
        }
        cut();
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
        private volatile boolean silentAfterAnswer;

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

        private void look(String request) throws IOException {
            Way way = Way.of(request);
            switch (way == null ? Fate.PASSED : fates.getOrDefault(way, Fate.PASSED)) {
                case PASSED -> {}
                case REFUSED -> {
                    client.getOutputStream().write(REFUSAL);
                    silent = true;
                    client.shutdownOutput();
                    server.close();
                }
                case SWALLOWED -> silent = true;
                case MUTED -> silentAfterAnswer = true;
            }
        }

        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[64 * 1024];
            try {
                for (int count = from.getInputStream().read(buffer);
                        count >= 0;
                        count = from.getInputStream().read(buffer)) {
                    if (from == client) {
                        look(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                    }
                    if (!silent) {
                        to.getOutputStream().write(buffer, 0, count);
                    }
                    silent |= from == server && silentAfterAnswer;
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
