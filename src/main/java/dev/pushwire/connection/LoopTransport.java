package dev.pushwire.connection;

import java.io.IOException;
import java.nio.channels.Selector;

/** A transport that tells its connection when it is ready. */
public abstract class LoopTransport implements Transport {
    /** Makes the transport of a new connection, on the thread of its event loop. */
    @FunctionalInterface
    public interface Factory {
        /** Registers a socket with the loop's selector, if there is a socket. */
        LoopTransport register(Selector selector) throws IOException;
    }

    /** Sets the connection to report to. */
    abstract void reportTo(Connection connection);
}
