package dev.pushwire.connection;

import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.RateLimit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** Connections of an event loop group over real sockets. The test has the client's end of each. */
final class Sockets implements AutoCloseable {
    /** How much a client takes without reading it. */
    private static final int SMALL = 16 * 1024;

    private static final int PATIENCE_MILLIS = 20_000;

    final RecordingListener listener = new RecordingListener();
    final ConnectionRegistry registry = new ConnectionRegistry(100_000);

    /** The limits of later connections. */
    Limits limits = TestConnection.LIMITS;

    /** The transport of later connections. */
    Function<SocketChannel, SocketTransport.Factory> transports =
            channel -> selector -> new SocketTransport(channel, selector);

    private final EventLoopGroup loops;
    private final ServerSocketChannel acceptor;
    private final List<Socket> clients = new ArrayList<>();

    Sockets(EventLoopGroup loops) {
        this.loops = loops;
        try {
            acceptor = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the group the server's end, and returns the client's end. */
    Socket connect(RecordingEndpoint endpoint, Execution execution, byte[]... early) throws IOException {
        return connect(channel -> open(channel, endpoint, execution, early));
    }

    /** Takes the server's end, which is non-blocking. */
    interface Server {
        void take(SocketChannel channel) throws IOException;
    }

    Socket connect(Server server) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(SMALL);
        client.connect(acceptor.getLocalAddress());
        client.setSoTimeout(PATIENCE_MILLIS);
        clients.add(client);
        SocketChannel accepted = acceptor.accept();
        accepted.configureBlocking(false);
        server.take(accepted);
        return client;
    }

    void open(SocketChannel channel, RecordingEndpoint endpoint, Execution execution, byte[]... early)
            throws IOException {
        if (channel.isOpen()) {
            channel.configureBlocking(false);
        }
        registry.enter();
        EndpointBinding binding =
                new EndpointBinding("/test", endpoint, execution, false, RateLimit.NONE, 0, limits, registry, listener);
        loops.open(
                channel,
                transports.apply(channel),
                binding,
                TestConnection.PEER,
                null,
                ByteBuffer.wrap(Wire.utf8("101 ")),
                ByteBuffer.wrap(Wire.join(early)));
    }

    /** Waits until other threads have made a condition true. */
    static void until(Callable<Boolean> condition) {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(condition);
    }

    static void send(Socket client, byte[]... frames) throws IOException {
        client.getOutputStream().write(Wire.join(frames));
    }

    /** Reads until this many frames have come. The answer to the handshake comes before the first. */
    static List<String> receive(Socket client, int frames) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        while (true) {
            int count = client.getInputStream().read(buffer);
            if (count < 0) {
                throw new IOException("The server has closed: " + Wire.frames(withoutReply(received.toByteArray())));
            }
            received.write(buffer, 0, count);
            if (client.getInputStream().available() > 0) {
                continue;
            }
            List<String> so = Wire.frames(withoutReply(received.toByteArray()));
            if (so.size() >= frames && !so.getLast().equals("cut")) {
                return so;
            }
        }
    }

    /** Reads until the server has shut its side. */
    static List<String> receiveAll(Socket client) throws IOException {
        return Wire.frames(withoutReply(client.getInputStream().readAllBytes()));
    }

    private static byte[] withoutReply(byte[] bytes) {
        boolean replied = bytes.length >= 4 && bytes[0] == '1';
        return replied ? Arrays.copyOfRange(bytes, 4, bytes.length) : bytes;
    }

    @Override
    public void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        acceptor.close();
    }
}
