package dev.pushwire.bench.ways;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Clients of one server that use TLS 1.3. A few run at a time. */
public final class TlsLoad {
    private static final int CLIENTS = 4;
    private static final int ECHOES_AT_A_TIME = 16;
    private static final byte[] REQUEST = """
            GET /echo HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: cHVzaHdpcmUgYmVuY2htYQ==

            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final int SIZE = 32;
    /** Masked with zeros, which do not change a payload. */
    private static final byte[] MESSAGE = new byte[6 + SIZE];

    private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xE8};

    static {
        MESSAGE[0] = (byte) 0x82;
        MESSAGE[1] = (byte) (0x80 | SIZE);
    }

    private final int port;
    private final TrustManagerFactory trust;

    /** @param store the key store with the server's certificate */
    public TlsLoad(int port, Path store, String password) throws IOException, GeneralSecurityException {
        this.port = port;
        KeyStore own = KeyStore.getInstance(store.toFile(), password.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", own.getCertificate(own.aliases().nextElement()));
        this.trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
    }

    /** Opens this many WebSockets, a few at a time, and closes each. None resumes a session. */
    public long connect(int count) throws IOException, InterruptedException {
        AtomicLong left = new AtomicLong(count);
        return connect(() -> left.getAndDecrement() > 0, false);
    }

    /**
     * The same for a time.
     *
     * @param resume whether each client resumes the session of its previous connection
     * @return how many connections there were, or how many resumed a session
     */
    public long connect(double seconds, boolean resume) throws IOException, InterruptedException {
        return connect(until(seconds), resume);
    }

    private static BooleanSupplier until(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return () -> System.nanoTime() < end;
    }

    private long connect(BooleanSupplier more, boolean resume) throws IOException, InterruptedException {
        return concurrently(CLIENTS, () -> {
            long opened = 0;
            long resumed = 0;
            SSLContext context = context();
            while (more.getAsBoolean()) {
                long before = System.currentTimeMillis();
                try (SSLSocket socket = open(context)) {
                    resumed += socket.getSession().getCreationTime() < before ? 1 : 0;
                    close(socket);
                }
                opened++;
                context = resume ? context : context();
            }
            if (resume ? resumed < opened * 9 / 10 : resumed > opened / 10) {
                throw new IOException(resumed + " of " + opened + " sessions were resumed");
            }
            return opened;
        });
    }

    /** Sends echoes, with one under way on each connection. */
    public long echo(double seconds) throws IOException, InterruptedException {
        BooleanSupplier more = until(seconds);
        return concurrently(ECHOES_AT_A_TIME, () -> {
            long echoes = 0;
            try (SSLSocket socket = open(context())) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] echo = new byte[2 + SIZE];
                for (; more.getAsBoolean(); echoes++) {
                    socket.getOutputStream().write(MESSAGE);
                    in.readFully(echo);
                    if (echo[0] != MESSAGE[0] || echo[1] != SIZE) {
                        throw new IOException("That is no echo");
                    }
                }
                close(socket);
            }
            return echoes;
        });
    }

    /** Opens this many connections. Closing the result closes them all. */
    public AutoCloseable idle(int count) throws IOException, GeneralSecurityException {
        List<SSLSocket> open = new ArrayList<>();
        SSLContext context = context();
        for (int i = 0; i < count; i++) {
            open.add(open(context));
        }
        return () -> {
            for (SSLSocket socket : open) {
                socket.close();
            }
        };
    }

    private interface Client {
        /** Returns how many operations there were. */
        long run() throws IOException, GeneralSecurityException;
    }

    private static long concurrently(int clients, Client client) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(client::run));
            }
            long sum = 0;
            for (Future<Long> one : all) {
                sum += one.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IOException("A client failed", e.getCause());
        }
    }

    private SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private SSLSocket open(SSLContext context) throws IOException {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        plain.setTcpNoDelay(true);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
        socket.startHandshake();
        socket.getOutputStream().write(REQUEST);
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int octet = socket.getInputStream().read();
            if (octet < 0) {
                throw new IOException("The server has ended the connection");
            }
            head.append((char) octet);
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("The handshake was answered " + head);
        }
        return socket;
    }

    /** Closes a connection, and waits until the server has closed it, too. */
    private static void close(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(CLOSE);
        long _ = socket.getInputStream().readAllBytes().length;
    }
}
