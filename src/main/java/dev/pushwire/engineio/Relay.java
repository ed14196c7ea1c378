package dev.pushwire.engineio;

import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.polling.SessionAnswer;
import dev.pushwire.polling.SessionAnswer.Batch;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionId;
import dev.pushwire.polling.SessionRequest.Carry;
import dev.pushwire.polling.SessionRequest.Carry.Step;
import dev.pushwire.polling.SessionRequest.Poll;
import dev.pushwire.polling.SessionRoutes;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of this node that wants to carry a session of another node, and later does. The session stays where it
 * is, since its application's objects cannot move. The relay collects what the session is sent, a batch at a time. It
 * asks for the next one once the WebSocket has taken most of this one. It brings what the client sends, one piece after
 * the other. If the other node does not answer, the WebSocket ends, and the client comes back.
 *
 * <p>Messages of the client come one after the other, and may wait. All other calls may come on any thread.
 */
final class Relay {
    /**
     * How long the other node may take to answer: a session may be quiet, and a handler slow. A lost node shows
     * elsewhere.
     */
    static final Duration PATIENCE = Duration.ofHours(1);

    /** How many bytes may wait for the client when the relay asks for more. */
    private static final int COMFORTABLE = 128 * 1024;

    private static final long LOOK = Duration.ofMillis(5).toNanos();
    private static final CloseStatus LOST = new CloseStatus(CloseCode.GOING_AWAY, "the node of this session has gone");

    private final SessionRoutes routes;
    private final SessionId id;
    private final @Nullable String principal;
    private final Session webSocket;
    private final RelayedPosts posts;
    private final long since = System.nanoTime();
    private State state = State.OPENED; // guarded by this

    private enum State {
        OPENED,
        PROBED,
        CARRYING,
        OVER
    }

    /** @param principal the client's user; null if the client names none */
    Relay(SessionRoutes routes, SessionId id, @Nullable String principal, Session webSocket) {
        this.routes = routes;
        this.id = id;
        this.principal = principal;
        this.webSocket = webSocket;
        this.posts = new RelayedPosts(routes, id, this::lost);
    }

    private synchronized State state() {
        return state;
    }

    /** @return false if it is over */
    private synchronized boolean enter(State next) {
        if (state == State.OVER) {
            return false;
        }
        state = next;
        return true;
    }

    boolean isCarrying() {
        return state() == State.CARRYING;
    }

    /** A text message of the WebSocket. */
    void receive(Text message) {
        switch (state()) {
            case OPENED -> probe(message.toString());
            case PROBED -> take(message.toString());
            case CARRYING -> posts.add(message.utf8(), true);
            case OVER -> {}
        }
    }

    /** A binary message of the WebSocket. */
    void receive(ByteBuffer data) {
        switch (state()) {
            case OPENED, PROBED -> fail();
            case CARRYING -> posts.add(data, false);
            case OVER -> {}
        }
    }

    private void probe(String message) {
        if (message.equals(Upgrading.PROBE) && ask(Step.PROBE) && enter(State.PROBED)) {
            webSocket.send(Upgrading.PROBED);
        } else {
            fail();
        }
    }

    private void take(String message) {
        if (message.equals(Upgrading.UPGRADE) && ask(Step.TAKE) && enter(State.CARRYING)) {
            LeasedSession leased = LeasedSession.of(webSocket);
            AccessLease lease = leased.lease();
            leased.replaceLease(lease, new RelayedLease(lease));
            collect(1);
        } else {
            fail();
        }
    }

    private boolean ask(Step step) {
        return tell(step).join() instanceof Done;
    }

    private CompletableFuture<SessionAnswer> tell(Step step) {
        return routes.answer(id, new Carry(principal, webSocket.id(), step));
    }

    /** @param number of the batch */
    private void collect(long number) {
        CompletableFuture<?> _ = routes.answer(id, new Poll(principal, number, PATIENCE))
                .whenComplete((answer, failure) -> {
                    if (answer instanceof Batch(byte[] packets)) {
                        Thread.startVirtualThread(() -> deliver(packets, number));
                    } else {
                        lost();
                    }
                });
    }

    private void deliver(byte[] packets, long number) {
        try {
            EnginePayload payload = new EnginePayload(packets);
            for (EnginePayload.Item next = payload.next(); next != null; next = payload.next()) {
                if (!deliver(next)) {
                    return;
                }
            }
            collect(number + 1);
        } catch (EngineException e) {
            lost(); // a node of another version may send anything
        }
    }

    /** @return whether the session and the WebSocket go on */
    private boolean deliver(EnginePayload.Item packet) {
        boolean goesOn = PacketSender.send(packet, webSocket);
        while (goesOn && webSocket.backlog() > COMFORTABLE && webSocket.isOpen()) {
            LockSupport.parkNanos(LOOK);
        }
        return goesOn && webSocket.isOpen();
    }

    /** The other node has no such session any more, or does not answer. */
    private void lost() {
        webSocket.close(LOST);
    }

    /** Gives up before the WebSocket carries the session. Polling goes on. */
    private void fail() {
        webSocket.close();
    }

    void sweep(long now) {
        if (now - since >= Candidate.PATIENCE && state() != State.CARRYING) {
            fail();
        }
    }

    /** The WebSocket has ended. The messages that the client sent before reach the session first. */
    void closed() {
        State last;
        synchronized (this) {
            last = state;
            state = State.OVER;
        }
        if (last != State.OPENED) {
            posts.finish(() -> {
                CompletableFuture<?> _ = tell(Step.LEAVE);
            });
        }
    }
}
