package dev.pushwire.connection;

import dev.pushwire.connection.Ending.TransportFailed;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live connection, from the 101 to the closed socket. {@link ReadPath} is the way in, {@link WritePath} the way
 * out, {@link Closing} the end, and {@link ConnectionSession} what the application holds.
 *
 * <p>All of it belongs to the thread of its event loop. Only {@link #end} may be called by any thread.
 */
final class Connection {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);
    private static final int NOWHERE = -1;

    private final EventLoop loop;
    private final Transport transport;
    private final EndpointBinding binding;
    private final HandshakeInfo peer;
    private final EndpointInvoker delivery;
    private final @Nullable Compression compression;
    private final ReadPath in;
    private final WritePath out;
    private final TrafficCounters counters;
    private final Keepalive keepalive;
    private final Lifetime lifetime;

    private final Closing closing = new Closing(this);

    private ConnectionSession session; // changes on the loop, and not while a callback of the endpoint may read it
    private volatile Phase phase = Phase.OPEN;
    private int place = NOWHERE; // among the loop's connections; NOWHERE until it is counted

    Connection(EventLoop loop, Transport transport, EndpointBinding binding, HandshakeInfo peer) {
        this.loop = loop;
        this.transport = transport;
        this.binding = binding;
        this.peer = peer;
        this.counters = loop.traffic().of(binding.transport());
        this.session = new ConnectionSession(this, peer.lease());
        this.delivery =
                binding.execution() == Execution.EVENT_LOOP ? new LoopInvoker(this) : new VirtualThreadInvoker(this);
        this.compression =
                peer.compression() == null ? null : loop.compressions().of(peer.compression());
        this.in = isStream() ? new StreamReadPath(this) : new MessageReadPath(this, compression);
        this.out = new WritePath(this, compression, peer.framing());
        this.keepalive = new Keepalive(loop.now());
        this.keepalive.beat(binding.stream() == null ? null : binding.stream().heartbeat(), loop.now());
        this.lifetime = new Lifetime(loop.now(), binding.limits().maxLifetime(), ThreadLocalRandom.current());
    }

    EventLoop loop() {
        return loop;
    }

    Transport transport() {
        return transport;
    }

    EndpointBinding binding() {
        return binding;
    }

    ConnectionSession session() {
        return session;
    }

    void session(ConnectionSession moved) {
        session = moved;
    }

    HandshakeInfo peer() {
        return peer;
    }

    EndpointInvoker delivery() {
        return delivery;
    }

    WritePath out() {
        assert loop.inLoop();
        return out;
    }

    ReadPath in() {
        assert loop.inLoop();
        return in;
    }

    /** The loop's counters for connections like this one. */
    TrafficCounters counters() {
        assert loop.inLoop();
        return counters;
    }

    Keepalive keepalive() {
        assert loop.inLoop();
        return keepalive;
    }

    Lifetime lifetime() {
        assert loop.inLoop();
        return lifetime;
    }

    /** Whether it is a stream of HTTP, over which the peer sends nothing. */
    boolean isStream() {
        return binding.stream() != null;
    }

    /** Whether messages go both ways; any thread may ask. */
    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    Phase phase() {
        assert loop.inLoop();
        return phase;
    }

    /** Enters the next phase. Only {@link Closing} calls it. */
    void enter(Phase next) {
        phase = next;
    }

    /** Whether the connection was counted as opened. */
    boolean isCounted() {
        return place != NOWHERE;
    }

    /**
     * Opens the connection. Like every call of the loop, it ends the connection if it fails.
     *
     * @param reply the answer to the opening handshake, which goes out before all else
     * @param early what the peer sent right after its handshake
     */
    void open(Handshake handshake, ByteBuffer reply, ByteBuffer early) {
        assert loop.inLoop();
        attempt(() -> begin(handshake, reply, early));
    }

    private void begin(Handshake handshake, ByteBuffer reply, ByteBuffer early) {
        out.reply(reply);
        place = loop.connections().add(this);
        binding.listener().opened(binding.pattern());
        log.debug("{} opened on {}", session, binding.pattern());
        delivery.open(handshake);
        if (early.hasRemaining()) {
            counters.bytesReceived(early.remaining());
            in.receive(early);
            finishIfDone();
        }
        if (!in.isPaused()) {
            readHeldInput();
        }
    }

    /** Reads input that the transport has taken from the socket before: the socket will not report it. */
    void readHeldInput() {
        if (transport.mayHoldInput() && phase != Phase.CLOSED) {
            readable();
        }
    }

    /** The loop has moved this connection to another place in its list. */
    void movedTo(int newPlace) {
        place = newPlace;
    }

    /** The socket has something to read. */
    void readable() {
        assert loop.inLoop();
        in.readable();
    }

    /** The socket has room to write. */
    void writable() {
        assert loop.inLoop();
        heard(); // the peer has acknowledged data
        flush();
    }

    /** The peer gave a sign of life. */
    void heard() {
        keepalive.heard(loop.now());
    }

    /** Writes what waits. */
    void flush() {
        assert loop.inLoop();
        if (phase == Phase.LINGERING || phase == Phase.CLOSED) {
            return;
        }
        out.flush();
        if (in.isPaused() && out.hasRoomForReplies()) {
            later(in::resume);
        }
        finishIfDone();
    }

    /** The endpoint has caught up. Called on the loop. */
    void resume() {
        assert loop.inLoop();
        attempt(in::resume);
    }

    /** Looks at the deadlines. */
    void sweep(long now) {
        assert loop.inLoop();
        if (phase == Phase.OPEN) {
            Deadlines.look(this, now);
            in.resume(); // where the one who had to say so has failed at that
            in.refuseOverdue(now);
        } else {
            closing.sweep(now);
        }
    }

    /** The peer will send no more. */
    void inputEnded() {
        assert loop.inLoop();
        transport.wantRead(false);
        closing.inputEnded();
    }

    /** The peer's Close is here. */
    void peerClosed(CloseStatus status) {
        assert loop.inLoop();
        closing.peerClosed(status);
    }

    /**
     * Ends the connection as its {@link Ending.Plan} says. Any thread may call it, any number of times. The first
     * ending counts; but an ending that awaits the peer's Close may still turn out differently.
     */
    void end(Ending how) {
        if (loop.inLoop()) {
            closing.end(how);
        } else {
            loop.execute(() -> end(how));
        }
    }

    /** Closes the TCP connection once no more of the closing handshake can come, and everything is sent. */
    void finishIfDone() {
        assert loop.inLoop();
        if (phase == Phase.FINISHING && out.isEmpty()) {
            closing.finish();
        }
    }

    /** Gives back what the connection holds of the loop. */
    void leaveLoop() {
        if (isCounted()) {
            loop.connections().remove(place);
        }
        out.abandon();
        if (compression != null) {
            loop.compressions().release(compression);
        }
    }

    /** Does some of the connection's work in a task of its own. */
    void later(Runnable work) {
        loop.execute(() -> attempt(work));
    }

    /**
     * Does some of the connection's work. Work that fails may leave the connection half changed, so it ends the
     * connection, and no other.
     */
    void attempt(Runnable work) {
        try {
            work.run();
        } catch (Throwable t) {
            fail(t);
        }
    }

    /** Gives up the connection, and no other, after a failure that no ending covers. Throws nothing. */
    void fail(Throwable cause) {
        try {
            end(new TransportFailed(cause));
        } catch (Throwable t) {
            closing.giveUp(t); // there was not even memory for an ending
        }
        EndingLog.engineFailed(this, cause);
    }
}
