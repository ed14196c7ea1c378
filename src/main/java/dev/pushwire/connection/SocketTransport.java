package dev.pushwire.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP socket that is registered with an event loop. It is plain, unless a subclass puts a layer between. */
public class SocketTransport extends LoopTransport {
    private static final Logger log = LoggerFactory.getLogger(SocketTransport.class);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final SocketAddress peer; // kept, since a closed channel no longer knows it

    /** Registers a non-blocking channel. */
    public SocketTransport(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.peer = channel.getRemoteAddress();
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Sets the connection that the event loop reports to. */
    @Override
    final void reportTo(Connection connection) {
        key.attach(connection);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
    }

    @Override
    public void wantRead(boolean want) {
        want(SelectionKey.OP_READ, want);
    }

    @Override
    public void wantWrite(boolean want) {
        want(SelectionKey.OP_WRITE, want);
    }

    private void want(int operation, boolean want) {
        if (!key.isValid()) {
            return;
        }
        int now = key.interestOps();
        int then = want ? now | operation : now & ~operation;
        if (now != then) {
            key.interestOps(then);
        }
    }

    @Override
    public void finishOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("The socket is gone, yet closing it failed", e);
        }
    }

    @Override
    public String remoteAddress() {
        return peer instanceof InetSocketAddress socket ? socket.getAddress().getHostAddress() : "unknown";
    }
}
