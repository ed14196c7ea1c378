package dev.pushwire.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One WebSocket, from the TCP handshake to its end; everything happens on its loop's thread. */
final class Connection {
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PONG = 0xA;
    private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xE8};

    private final Context context;
    private final Loop loop;
    private final Load load;
    private final SendTimes sendTimes;
    private State state = State.CLOSED;

    // Made anew at each opening
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private Handshake.@Nullable Answer answer;
    private @Nullable ByteBuffer request;
    private Outgoing outgoing;
    private @Nullable Incoming incoming;
    private boolean closing;
    private long startedAt;
    private long openedAt;

    private enum State {
        CONNECTING,
        HANDSHAKING,
        OPEN,
        CLOSED
    }

    Connection(Context context, Loop loop, Load load) {
        this.context = context;
        this.loop = loop;
        this.load = load;
        this.sendTimes = new SendTimes(load.outstanding());
        this.outgoing = new Outgoing(context.messages());
    }

    Loop loop() {
        return loop;
    }

    /** How many nanoseconds the opening took. */
    long openingTime() {
        return openedAt - startedAt;
    }

    /** The times at which this connection's messages were due. */
    SendTimes sendTimes() {
        return sendTimes;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Opens it; {@link Load#opened} tells when that is done. */
    void open() {
        open(0);
    }

    /** @param receiveBuffer bytes that the kernel may keep for us; 0 for its own choice */
    void open(int receiveBuffer) {
        startedAt = System.nanoTime();
        outgoing = new Outgoing(context.messages());
        incoming = null;
        closing = false;
        request = context.handshake().request();
        answer = new Handshake.Answer();
        state = State.CONNECTING;
        try {
            SocketChannel socket = SocketChannel.open();
            channel = socket;
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (receiveBuffer > 0) {
                socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            boolean connected = socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), context.job().port()));
            key = loop.register(socket, connected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT, this);
        } catch (IOException e) {
            failed("could not connect: " + e);
        }
    }

    /** Sends messages that were due at {@code time}. */
    void send(int count, long time) {
        for (int i = 0; i < count; i++) {
            sendTimes.set(outgoing.end() + i, time);
        }
        outgoing.due(count);
        flush();
    }

    /** The number that the next message gets. */
    long nextNumber() {
        return outgoing.end();
    }

    /** The number of the message that should come next; -1 if any number is right. */
    long nextAnswer() {
        return incoming == null ? -1 : incoming.next();
    }

    /** How many messages have come. */
    long received() {
        return incoming == null ? 0 : incoming.received();
    }

    /** Whether the server's Close has come. */
    boolean isClosing() {
        return closing;
    }

    /** Stops reading, like a client that hangs. */
    void stopReading() {
        key().interestOps(0);
    }

    void pong(byte[] payload) {
        outgoing.aside(PONG, payload);
        flush();
    }

    /** Sends the command that subscribes to the topic of a broadcast. */
    void subscribe() {
        outgoing.aside(TEXT, Envelopes.SUBSCRIBE);
        flush();
    }

    /** Begins the closing handshake. */
    void sendClose() {
        outgoing.aside(CLOSE, NORMAL_CLOSURE);
        flush();
    }

    /** Ends the connection at once, without a Close. */
    void drop() {
        state = State.CLOSED;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                context.failures().add("could not close: " + e);
            }
        }
    }

    /** Called by the loop when the socket is ready. */
    void ready() {
        try {
            switch (state) {
                case CONNECTING -> connect();
                case HANDSHAKING -> shakeHands();
                case OPEN -> {
                    if (key().isWritable()) {
                        flush();
                    }
                    if (state == State.OPEN && key().isReadable()) {
                        read();
                    }
                }
                case CLOSED -> {}
            }
        } catch (IOException e) {
            ended(e.toString());
        } catch (WrongAnswerException e) {
            failed(e.getMessage());
        }
    }

    private void connect() throws IOException {
        if (channel().isConnectionPending()) {
            channel().finishConnect();
        }
        ByteBuffer head = Objects.requireNonNull(request);
        channel().write(head);
        if (!head.hasRemaining()) {
            request = null;
            state = State.HANDSHAKING;
            key().interestOps(SelectionKey.OP_READ);
        }
    }

    private void shakeHands() throws IOException {
        ByteBuffer in = fillReadBuffer();
        if (in == null) {
            ended("end of stream within the handshake");
            return;
        }
        Handshake.Answer head = Objects.requireNonNull(answer);
        if (head.read(in)) {
            answer = null;
            Inflation inflation = context.agree(head.extensions(), loop);
            incoming = new Incoming(loop, context.messages(), context.job().shape(), load.firstNumber(), inflation);
            state = State.OPEN;
            openedAt = loop.now();
            load.opened(this);
            take();
        }
    }

    private void read() throws IOException {
        if (fillReadBuffer() == null) {
            ended("end of stream");
        } else {
            take();
        }
    }

    private void take() {
        Incoming from = Objects.requireNonNull(incoming);
        long before = from.received();
        from.read(this);
        int count = (int) (from.received() - before);
        if (count > 0) {
            load.received(this, from.next() - count, count, loop.now());
        }
    }

    private @Nullable ByteBuffer fillReadBuffer() throws IOException {
        ByteBuffer in = loop.in().clear();
        int count = channel().read(in);
        loop.lookAtClock();
        in.flip();
        return count < 0 ? null : in;
    }

    private void flush() {
        if (state != State.OPEN) {
            return;
        }
        try {
            boolean done = outgoing.flush(channel(), loop.out());
            int interest = key().interestOps();
            int wanted = done ? interest & ~SelectionKey.OP_WRITE : interest | SelectionKey.OP_WRITE;
            if (interest != wanted) {
                key().interestOps(wanted);
            }
        } catch (IOException e) {
            ended(e.toString());
        }
    }

    /** Called when the server's Close has come. */
    void closeReceived(int code) {
        closing = true;
        load.closing(this, code);
    }

    private void ended(String how) {
        drop();
        load.ended(this, how);
    }

    private void failed(@Nullable String why) {
        drop();
        context.failures().add(String.valueOf(why));
    }

    private SocketChannel channel() {
        return Objects.requireNonNull(channel);
    }

    private SelectionKey key() {
        return Objects.requireNonNull(key);
    }
}
