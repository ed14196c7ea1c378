package dev.pushwire.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.Opcode;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A client that sends exactly the bytes that a test gives it, right or wrong, and shows what comes back. It answers
 * nothing by itself, and gives up waiting after some seconds.
 */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = socket.getOutputStream();
    }

    /** A TCP connection over which nothing was sent yet. */
    public static RawClient connect(RunningService service) {
        return connect(service, 0);
    }

    /** A TCP connection whose receive window is small, so that a client that does not read is soon noticed. */
    public static RawClient connect(RunningService service, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(service.address(), PATIENCE_MILLIS);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("No connection to " + service.address(), e);
        }
    }

    /** A connection that the test has made its own way: with TLS, or through something in between. */
    public static RawClient over(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A WebSocket. */
    public static RawClient open(RunningService service, String path) {
        return connect(service).upgrade(HandshakeText.of(path));
    }

    /** Makes this connection a WebSocket. */
    public RawClient upgrade(HandshakeText handshake) {
        HttpReply reply = ask(handshake);
        assertThat(reply.status()).as("%s", reply).isEqualTo(101);
        return this;
    }

    public HttpReply ask(HandshakeText request) {
        send(request.bytes());
        return readReply();
    }

    public HttpReply readReply() {
        try {
            return HttpReply.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("No HTTP reply", e);
        }
    }

    /** The reply to a HEAD request. */
    public HttpReply readReplyHead() {
        try {
            return HttpReply.readHead(in);
        } catch (IOException e) {
            throw new UncheckedIOException("No HTTP reply", e);
        }
    }

    /** The next bytes, as text. */
    public String readText(int length) {
        try {
            return new String(in.readNBytes(length), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Not that much came", e);
        }
    }

    /** All that comes until the connection ends. */
    public String readRest() {
        return readText(Integer.MAX_VALUE);
    }

    /** Sends in one piece. */
    public void send(byte[]... parts) {
        try {
            out.write(ClientFrames.concat(parts));
        } catch (IOException e) {
            throw new UncheckedIOException("The service took no more", e);
        }
    }

    /** Sends literal bytes. */
    public void send(String hex) {
        send(ClientFrames.hex(hex));
    }

    /** Sends a text message. */
    public void sendText(String text) {
        send(ClientFrames.text(text));
    }

    /** Sends each byte in a segment of its own. */
    public void dribble(byte[] bytes) {
        for (byte b : bytes) {
            send(new byte[] {b});
        }
    }

    /** Whether anything comes within this time. It stays unread. */
    public boolean hearsWithin(Duration patience) {
        try {
            socket.setSoTimeout((int) patience.toMillis());
            in.mark(1);
            boolean heard = in.read() >= 0;
            in.reset();
            return heard;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            waitPatiently();
        }
    }

    private void waitPatiently() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ServerFrame readFrame() {
        try {
            return ServerFrame.read(in);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("No frame came within " + PATIENCE_MILLIS + " ms", e);
        } catch (EOFException e) {
            throw new AssertionError("The connection ended where a frame was expected", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The connection broke where a frame was expected", e);
        }
    }

    public ServerFrame assertFrameReceived(Opcode opcode) {
        ServerFrame frame = readFrame();
        assertThat(frame.opcode()).as("the frame received: %s", frame).isEqualTo(opcode);
        return frame;
    }

    public void assertFrameReceived(Opcode opcode, byte[] payload) {
        assertThat(assertFrameReceived(opcode).payload()).isEqualTo(payload);
    }

    public void assertText(String text) {
        assertThat(assertFrameReceived(Opcode.TEXT).text()).isEqualTo(text);
    }

    /** A text goes there and back. */
    public void assertEchoes(String text) {
        sendText(text);
        assertText(text);
    }

    /** The next frame is a Close with this code (1005: without any), and then the TCP connection ends in order. */
    public void assertClosed(int code) {
        assertCloseReceived(code);
        assertEndOfStream();
    }

    /** The same, with this reason. */
    public void assertClosed(int code, String reason) {
        ServerFrame close = assertCloseReceived(code);
        assertThat(close.closeReason()).as("the reason of %s", close).isEqualTo(reason);
        assertEndOfStream();
    }

    /** The next frame is a Close with this code. */
    public ServerFrame assertCloseReceived(int code) {
        ServerFrame close = assertFrameReceived(Opcode.CLOSE);
        assertThat(close.closeCode()).as("the code of %s", close).isEqualTo(code);
        return close;
    }

    /** Reads, whatever comes, up to the Close. */
    public ServerFrame readUntilClose() {
        ServerFrame frame = readFrame();
        while (frame.opcode() != Opcode.CLOSE) {
            frame = readFrame();
        }
        return frame;
    }

    /** The service ends the TCP connection, by a FIN and not by a reset, and sends nothing before it. */
    public void assertEndOfStream() {
        try {
            assertThat(in.read()).as("the byte where the stream was to end").isEqualTo(-1);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The TCP connection did not end within " + PATIENCE_MILLIS + " ms", e);
        } catch (SocketException e) {
            throw new AssertionError("The TCP connection was reset", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service ends the TCP connection before that time is over, in order or not, whatever it sends before. */
    public void assertCutOff(Duration patience) {
        try {
            socket.setSoTimeout((int) patience.toMillis());
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Not cut off within " + patience, e);
        } catch (IOException e) {
            // cut off indeed
        } finally {
            waitPatiently();
        }
    }

    /** Ends this side of the TCP connection; the other can still be read. */
    public void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks the TCP connection off with a RST. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
