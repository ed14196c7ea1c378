package dev.pushwire.bench.lines;

import dev.pushwire.bench.load.ClientFrame;
import dev.pushwire.bench.load.Handshake;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client's side of one WebSocket. It does the handshake, passes texts on, and answers pings. */
final class Line {
    private static final int TEXT = 0x1;
    private static final int PONG = 0xA;
    private static final int WHOLE_TEXT = 0x80 | TEXT;
    private static final int WHOLE_PING = 0x89;
    private static final byte[] NOTHING = {};

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Handshake handshake;
    private final Consumer<String> texts;
    private Handshake.@Nullable Answer answer = new Handshake.Answer(); // null once it has come
    private byte[] begun = NOTHING; // the beginning of a frame whose rest has not come

    Line(SocketChannel channel, SelectionKey key, Handshake handshake, Consumer<String> texts) {
        this.channel = channel;
        this.key = key;
        this.handshake = handshake;
        this.texts = texts;
    }

    /** Sends the handshake, once the channel is connected. */
    void ask() throws IOException {
        write(handshake.request());
        key.interestOps(SelectionKey.OP_READ);
    }

    void send(String text) throws IOException {
        write(ByteBuffer.wrap(ClientFrame.of(TEXT, text.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * Does what the channel is ready for.
     *
     * @param buffer for data that is read
     * @return whether the WebSocket is open now and was not before
     */
    boolean ready(ByteBuffer buffer) throws IOException {
        if (key.isConnectable()) {
            channel.finishConnect();
            ask();
            return false;
        }
        if (channel.read(buffer.clear().put(begun)) < 0) {
            throw new EOFException("The server has ended a connection");
        }
        buffer.flip();
        boolean opened = false;
        if (answer != null && answer.read(buffer)) {
            answer.extensions();
            answer = null;
            opened = true;
        }
        while (takeFrame(buffer)) {}
        begun = buffer.hasRemaining() ? new byte[buffer.remaining()] : NOTHING;
        buffer.get(begun);
        return opened;
    }

    /** Returns whether there was a whole frame. */
    private boolean takeFrame(ByteBuffer in) throws IOException {
        if (in.remaining() < 2) {
            return false;
        }
        int at = in.position();
        int first = in.get(at) & 0xFF;
        int second = in.get(at + 1);
        if (second < 0 || second > 126) {
            throw new IOException("A frame that is masked, or too long");
        }
        int head = second == 126 ? 4 : 2;
        if (in.remaining() < head) {
            return false;
        }
        int length = second == 126 ? in.getShort(at + 2) & 0xFFFF : second;
        if (in.remaining() < head + length) {
            return false;
        }
        byte[] payload = new byte[length];
        in.position(at + head).get(payload);
        switch (first) {
            case WHOLE_TEXT -> texts.accept(new String(payload, StandardCharsets.UTF_8));
            case WHOLE_PING -> write(ByteBuffer.wrap(ClientFrame.of(PONG, payload)));
            default -> throw new IOException("A frame that nobody expects: " + first);
        }
        return true;
    }

    private void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            throw new IOException("The server does not read");
        }
    }
}
