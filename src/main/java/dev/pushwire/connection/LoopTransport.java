package dev.pushwire.connection;

import java.io.IOException;
import java.nio.channels.Selector;

/** A transport that has its connection told when it is ready. */
public abstract class LoopTransport implements Transport {
    /** Makes the transport of a new connection, on the thread of its event loop. */
    @FunctionalInterface
    public interface Factory {
        /** Registers a socket with the loop's selector, where there is one. */
        LoopTransport register(Selector selector) throws IOException;
    }

    /** The connection to tell. */
    abstract void reportTo(Connection connection);
}
