package dev.pushwire.connection;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops of the service. Thread-safe. */
public final class EventLoopGroup implements SessionGroup.Factory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventLoopGroup.class);

    /** How long each loop may take to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<EventLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile boolean closing;

    /**
     * Starts the loops.
     *
     * @param node the name of the node, with which the ids of the connections begin, so that other nodes have other ids
     * @param size how many loops, at least 1
     * @param sweepInterval how often the loops look at deadlines
     * @param compression the compression of connections that negotiate it
     */
    public EventLoopGroup(String node, int size, Duration sweepInterval, CompressionSettings compression) {
        this(node, size, sweepInterval, compression, ClientMemory.unbounded());
    }

    /**
     * Starts the loops, with a limit to memory.
     *
     * @param memory the memory that the connections of all loops may hold together
     */
    public EventLoopGroup(
            String node, int size, Duration sweepInterval, CompressionSettings compression, ClientMemory memory) {
        List<EventLoop> made = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                made.add(new EventLoop(node, i, sweepInterval, compression, memory));
            }
        } catch (IOException e) {
            throw new IllegalStateException("An event loop could not be made: out of file descriptors?", e);
        }
        this.loops = List.copyOf(made);
        memory.belongsTo(loops);
        loops.forEach(EventLoop::start);
    }

    /**
     * Makes a connection of a socket whose opening handshake is answered. If that fails, the socket is closed, and its
     * place and its lease are given back.
     *
     * @param socket a non-blocking socket, or an object that stands for one; it belongs to the loops from now on
     * @param transports makes the transport of the connection over this socket
     * @param reply the 101, which is not sent yet; the endpoint knows of the connection before the peer does
     * @param early what the peer sent right after its handshake, from position to limit; it belongs to the loops from
     *     now on
     * @param beside a session on whose event loop the connection must be; null for any
     */
    public void open(
            Closeable socket,
            LoopTransport.Factory transports,
            EndpointBinding binding,
            HandshakeInfo peer,
            Handshake handshake,
            ByteBuffer reply,
            ByteBuffer early,
            @Nullable Session beside) {
        EventLoop loop = beside instanceof ConnectionSession known ? known.loop() : next();
        Opening opening = new Opening(loop, socket, transports, binding, peer, handshake, reply, early);
        try {
            boolean taken = loop.tryExecute(() -> {
                Connection connection = opening.open();
                if (connection != null && closing && binding.isOfSessions()) {
                    connection.end(new Ending.ServerStopping()); // its handshake was under way when all were closed
                }
            });
            if (!taken) {
                opening.giveUp(null); // the service has stopped meanwhile
            }
        } catch (Throwable t) {
            opening.giveUp(t);
        }
    }

    /** Makes a connection on any event loop. */
    public void open(
            Closeable socket,
            LoopTransport.Factory transports,
            EndpointBinding binding,
            HandshakeInfo peer,
            Handshake handshake,
            ByteBuffer reply,
            ByteBuffer early) {
        open(socket, transports, binding, peer, handshake, reply, early, null);
    }

    @Override
    public SessionGroup create(SessionGroup.Listener listener) {
        return new LoopSessionGroup(true, listener);
    }

    @Override
    public SessionGroup createUnpaced(SessionGroup.Listener listener) {
        return new LoopSessionGroup(false, listener);
    }

    @Override
    public @Nullable Runnable heldBack() {
        return LoopBackpressure.heldBack();
    }

    /** Sets the listener that is told how long messages to groups take. */
    public void observe(PublishListener listener) {
        loops.forEach(loop -> loop.publishLatency().tell(listener));
    }

    /** All loops, by their index. */
    public List<EventLoop> loops() {
        return loops;
    }

    /** Asks every session, open or about to be, to close with 1001. Returns at once. */
    public void closeSessions() {
        closing = true;
        for (EventLoop loop : loops) {
            loop.execute(() -> loop.connections().closeSessions());
        }
    }

    /**
     * Asks every connection to close, also those that only carry sessions, perhaps of other nodes. It is called once
     * the node's own sessions have closed.
     */
    public void closeAll() {
        for (EventLoop loop : loops) {
            loop.execute(() -> loop.connections().closeAll());
        }
    }

    /** Ends the loops, and any connections that they still have. */
    @Override
    public void close() {
        loops.forEach(EventLoop::stop);
        try {
            for (EventLoop loop : loops) {
                if (!loop.awaitStopped(PATIENCE)) {
                    log.warn("Event loop {} did not stop within {}: an endpoint blocks it", loop.index(), PATIENCE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The loop with the fewest connections; of several, the next in turn. */
    private EventLoop next() {
        int first = Math.floorMod(turn.getAndIncrement(), loops.size());
        EventLoop least = loops.get(first);
        for (int i = 1; i < loops.size(); i++) {
            EventLoop loop = loops.get((first + i) % loops.size());
            if (loop.size() < least.size()) {
                least = loop;
            }
        }
        return least;
    }
}
