package dev.pushwire.tomcat;

import dev.pushwire.connection.SocketTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS, through the channel that Tomcat did the TLS handshake on. It encrypts one record at a time into a buffer of its
 * own, and decrypts only what it has whole records of.
 */
final class SecureTransport extends SocketTransport {
    private static final Logger log = LoggerFactory.getLogger(SecureTransport.class);
    /** More than a record can hold, so that whatever was read from the socket can be decrypted at once. */
    private static final int ROOM_FOR_RECORDS = 32 * 1024;

    private final SecureNioChannel channel;
    private final SocketChannel socket;
    private boolean outputFinished;

    SecureTransport(SecureNioChannel channel, Selector selector) throws IOException {
        super(channel.getIOChannel(), selector);
        this.channel = channel;
        this.socket = channel.getIOChannel();
    }

    /** Reads until there is no whole record left: what stays behind needs more from the socket, which it will report. */
    @Override
    public int read(ByteBuffer target) throws IOException {
        if (outputFinished) {
            return socket.read(target); // nobody will look at it any more, so nobody decrypts it
        }
        int total = 0;
        while (target.remaining() >= ROOM_FOR_RECORDS) {
            int count = readRecords(target);
            if (count <= 0) {
                return total > 0 ? total : count;
            }
            total += count;
        }
        return total;
    }

    private int readRecords(ByteBuffer target) throws IOException {
        try {
            return channel.read(target);
        } catch (IOException e) {
            if (channel.getSslEngine().isInboundDone()) {
                return -1; // close_notify
            }
            throw e;
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int total = 0;
        do {
            int count = channel.write(source);
            if (count == 0) {
                break;
            }
            total += count;
        } while (source.hasRemaining());
        return total;
    }

    @Override
    public boolean holdsOutput() {
        return channel.getOutboundRemaining() > 0;
    }

    @Override
    public boolean mayHoldInput() {
        return true;
    }

    /** Sends close_notify before the end of the stream, so that the peer knows that nothing was cut off. */
    @Override
    public void finishOutput() throws IOException {
        channel.close();
        outputFinished = true;
        super.finishOutput();
    }

    @Override
    public void close() {
        try {
            channel.close(true);
        } catch (IOException e) {
            log.debug("A TLS connection was closed without close_notify", e);
        } finally {
            super.close();
        }
    }
}
