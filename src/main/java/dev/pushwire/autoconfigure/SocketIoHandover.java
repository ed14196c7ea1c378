package dev.pushwire.autoconfigure;

import dev.pushwire.socketio.SocketIoServer;
import org.springframework.context.SmartLifecycle;

/** Leaves the sockets of clients that are away to the other nodes, as late as nodes can still be spoken to. */
final class SocketIoHandover implements SmartLifecycle {
    /** Behind the end of all connections, and before {@link NodesLifecycle}. */
    private static final int PHASE = 2;

    private final SocketIoServer server;
    private volatile boolean running;

    SocketIoHandover(SocketIoServer server) {
        this.server = server;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        server.handOver();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
