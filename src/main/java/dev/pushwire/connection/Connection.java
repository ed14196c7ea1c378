package dev.pushwire.connection;

import dev.pushwire.connection.Ending.ClosingTimedOut;
import dev.pushwire.connection.Ending.PeerClosed;
import dev.pushwire.connection.Ending.PeerVanished;
import dev.pushwire.connection.Ending.Plan;
import dev.pushwire.connection.Ending.TransportFailed;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.protocol.CloseStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live connection, from the 101 to the closed socket: its phases and its ending. The way in is {@link ReadPath}, the
 * way out {@link WritePath}, and what the application holds of it {@link ConnectionSession}.
 *
 * <p>All of it belongs to the thread of its event loop; only {@link #end} may be called by any.
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
    private final Keepalive keepalive;
    private final Lifetime lifetime;

    private ConnectionSession session; // changes on the loop, and while no callback of the endpoint asks for it
    private volatile Phase phase = Phase.OPEN;
    private @Nullable Ending ending;
    private @Nullable CloseStatus told; // what the endpoint was told
    private boolean counted; // as one that opened
    private boolean inputEnded;
    private long deadline;
    private int place = NOWHERE;

    Connection(EventLoop loop, Transport transport, EndpointBinding binding, HandshakeInfo peer) {
        this.loop = loop;
        this.transport = transport;
        this.binding = binding;
        this.peer = peer;
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

    Keepalive keepalive() {
        assert loop.inLoop();
        return keepalive;
    }

    Lifetime lifetime() {
        assert loop.inLoop();
        return lifetime;
    }

    /** Whether it is a stream of HTTP, on which the peer has no say. */
    boolean isStream() {
        return binding.stream() != null;
    }

    /** Whether messages go both ways; any thread may ask. */
    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /**
     * The first call. Like all that the loop calls, it ends the connection where it fails.
     *
     * @param reply the answer to the opening handshake, which goes out before all else
     * @param early what the peer sent right behind its handshake
     */
    void open(Handshake handshake, ByteBuffer reply, ByteBuffer early) {
        assert loop.inLoop();
        attempt(() -> begin(handshake, reply, early));
    }

    private void begin(Handshake handshake, ByteBuffer reply, ByteBuffer early) {
        place = loop.connections().add(this);
        out.reply(reply);
        counted = true;
        binding.listener().opened(binding.pattern());
        log.debug("{} opened on {}", session, binding.pattern());
        delivery.open(handshake);
        if (early.hasRemaining()) {
            loop.counters().bytesReceived(early.remaining());
            in.receive(early);
            finishIfDone();
        }
        if (!in.isPaused()) {
            readHeldInput();
        }
    }

    /** What the transport has taken from the socket before, which will not be reported. */
    void readHeldInput() {
        if (transport.mayHoldInput() && phase != Phase.CLOSED) {
            readable();
        }
    }

    /** The loop has given this connection another place in its list. */
    void movedTo(int newPlace) {
        place = newPlace;
    }

    /** There is something to read. */
    void readable() {
        assert loop.inLoop();
        in.readable();
    }

    /** There is room to write. */
    void writable() {
        assert loop.inLoop();
        heard(); // the peer has acknowledged what it got
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

    /** The endpoint has caught up; on the loop. */
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
        } else if (now - deadline >= 0) {
            end(new ClosingTimedOut());
        }
    }

    /** The peer will send no more. */
    void inputEnded() {
        assert loop.inLoop();
        inputEnded = true;
        transport.wantRead(false);
        switch (phase) {
            case OPEN, CLOSING -> end(new PeerVanished());
            case FINISHING -> {} // it may still read: once what waits is sent, the socket is closed
            case LINGERING -> close();
            case CLOSED -> {}
        }
    }

    /** The peer's Close is here. */
    void peerClosed(CloseStatus status) {
        assert loop.inLoop();
        switch (phase) {
            case OPEN -> end(new PeerClosed(status));
            case CLOSING -> tell(Objects.requireNonNull(ending).plan().toEndpoint());
            case FINISHING, LINGERING, CLOSED -> {}
        }
    }

    /**
     * Ends the connection as its {@link Ending.Plan} says. Any thread may call it, any number of times; the first ending
     * counts, except that one which awaits the peer's Close may turn out differently.
     */
    void end(Ending how) {
        if (!loop.inLoop()) {
            loop.execute(() -> end(how));
            return;
        }
        try {
            switch (phase) {
                case OPEN -> begin(how);
                case CLOSING -> endAnew(how);
                case FINISHING, LINGERING -> goOn(how);
                case CLOSED -> {}
            }
        } catch (Throwable t) {
            giveUp(t);
        }
    }

    private void begin(Ending how) {
        Plan plan = how.plan();
        session.quitAll(plan.toPeer() != null && !plan.overtakes());
        if (!isOpen()) {
            return; // what its groups were sent was too much for it
        }
        ending = how;
        follow(plan);
        EndingLog.ends(this, how, plan); // last: without memory even that may fail
    }

    private void follow(Plan plan) {
        phase = Phase.CLOSING; // a listener, on a thread of its own perhaps, finds it so
        CloseStatus toPeer = plan.toPeer();
        if (toPeer == null) {
            tell(plan.toEndpoint());
            close();
            return;
        }
        deadline = loop.now() + binding.limits().closeTimeout().toNanos();
        out.close(toPeer, plan.overtakes());
        if (!plan.awaitsPeer() || !in.awaitClose()) {
            tell(plan.toEndpoint());
        }
    }

    /** While the peer's Close is awaited, something else happens; what does not keep it from coming is beside the point. */
    private void endAnew(Ending how) {
        switch (how) {
            case Ending.PeerViolated _ -> {
                ending = how;
                tell(CloseStatus.ABNORMAL);
            }
            case ClosingTimedOut _, PeerVanished _, TransportFailed _ -> {
                ending = how;
                EndingLog.ends(this, how, how.plan());
                tell(CloseStatus.ABNORMAL);
                close();
            }
            default -> goOn(how);
        }
    }

    /** All but the end of the transport is beside the point by now. */
    private void goOn(Ending how) {
        switch (how) {
            case ClosingTimedOut _, PeerVanished _, TransportFailed _ -> close();
            case Ending.AppFailed(Throwable cause) -> EndingLog.endpointFailed(this, cause);
            default -> {}
        }
    }

    /** Tells the endpoint how it ended, once; nothing that arrives from here on matters. */
    private void tell(CloseStatus status) {
        in.discard();
        delivery.close(status);
        told = status;
        phase = Phase.FINISHING;
    }

    /** Once the closing handshake is over as far as it goes, and all is sent, the TCP connection is closed (7.1.1). */
    void finishIfDone() {
        assert loop.inLoop();
        if (phase != Phase.FINISHING || !out.isEmpty()) {
            return;
        }
        phase = Phase.LINGERING;
        try {
            transport.finishOutput();
        } catch (IOException e) {
            inputEnded = true; // the peer has reset the connection
        }
        if (inputEnded) {
            close();
        }
    }

    private void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        try {
            transport.close();
        } finally {
            try {
                leaveLoop();
            } finally {
                ConnectionAccount.close(this, counted, ending, told);
            }
        }
    }

    private void leaveLoop() {
        if (place != NOWHERE) {
            loop.connections().remove(place);
        }
        out.abandon();
        if (compression != null) {
            loop.compressions().release(compression);
        }
    }

    /** Does some of the connection's work as a task of its own. */
    void later(Runnable work) {
        loop.execute(() -> attempt(work));
    }

    /** Does some of the connection's work. What fails may have left it half changed, and so ends it, and only it. */
    void attempt(Runnable work) {
        try {
            work.run();
        } catch (Throwable t) {
            fail(t);
        }
    }

    /** Something that no ending foresees: gives up the connection, and only it. Throws nothing. */
    void fail(Throwable cause) {
        try {
            end(new TransportFailed(cause));
        } catch (Throwable t) {
            giveUp(t); // there was no memory even for that
        }
        EndingLog.engineFailed(this, cause);
    }

    /** An ending that failed on its way: what is left of it is done as far as that goes. */
    private void giveUp(Throwable cause) {
        try {
            switch (phase) {
                case OPEN, CLOSING -> tell(CloseStatus.ABNORMAL);
                case FINISHING, LINGERING, CLOSED -> {}
            }
        } catch (Throwable t) {
            EndingLog.engineFailed(this, t);
        }
        try {
            close();
        } catch (Throwable t) {
            EndingLog.engineFailed(this, t);
        }
        EndingLog.engineFailed(this, cause);
    }
}
