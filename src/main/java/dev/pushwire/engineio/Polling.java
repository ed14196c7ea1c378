package dev.pushwire.engineio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pushwire.connection.Collected;
import dev.pushwire.connection.MailboxTransport;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.polling.Answers;
import dev.pushwire.polling.SessionAnswer;
import dev.pushwire.polling.SessionAnswer.Batch;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The state of a session over long polling: at most one poll and one post at a time, and a WebSocket that wants to take
 * over. While it does, polls are answered at once with a NOOP packet, and what the session is sent waits. If the
 * WebSocket is on another node, the session stays here, and its {@link Carrier} collects what it is sent. Thread-safe.
 */
final class Polling {
    /** A poll that waits is answered with a NOOP packet, since the client itself has said that it leaves. */
    static final CloseStatus CLIENT_LEFT = new CloseStatus(CloseCode.NORMAL_CLOSURE, "the client has left");

    private static final byte[] NOOP = {(byte) EnginePacket.Type.NOOP.digit()};

    /** The most bytes of one answer, unless a single message is larger. */
    private static final int MOST = 1024 * 1024;

    /**
     * The same for a WebSocket on another node. What it collects no longer counts here, and waits there for a slow
     * client.
     */
    private static final int MOST_FOR_CARRIER = 64 * 1024;

    private final MailboxTransport mailbox;
    private State state = State.POLLING; // guarded by this, as are the next
    private @Nullable CompletableFuture<Collected> waiting;
    private boolean posting;
    private @Nullable Candidate candidate;
    private @Nullable Carrier carrier;
    private volatile boolean over;

    private enum State {
        POLLING,
        /** A WebSocket has shown that it works. */
        PROBED,
        /** A WebSocket of another node carries the session. */
        CARRIED,
        /** A WebSocket of this node carries the session, and nothing comes through the mailbox any more. */
        UPGRADED
    }

    /** @param silence how long the client may leave its messages uncollected */
    Polling(String remoteAddress, Duration silence) {
        this.mailbox = new MailboxTransport(remoteAddress, silence, () -> over = true);
    }

    MailboxTransport mailbox() {
        return mailbox;
    }

    /** The last packet of a session. */
    static OutboundMessage farewell(CloseStatus status) {
        return status.equals(CLIENT_LEFT) ? OutboundMessage.text(new String(NOOP, US_ASCII)) : Farewell.of(status);
    }

    /**
     * Answers a poll.
     *
     * @param wait how long to wait for messages; zero to look without waiting
     * @return the packets, or an empty batch if none came in that time; null if another poll already waits
     */
    @Nullable
    synchronized CompletableFuture<SessionAnswer> poll(Duration wait) {
        return switch (state) {
            case PROBED -> CompletableFuture.completedFuture(new Batch(NOOP));
            case CARRIED, UPGRADED -> CompletableFuture.completedFuture(Refused.MALFORMED);
            case POLLING -> {
                if (isWaiting()) {
                    yield null;
                }
                CompletableFuture<Collected> next = mailbox.collect(MOST, wait);
                waiting = next;
                yield Answers.following(next, (collected, failure) -> answer(collected));
            }
        };
    }

    /**
     * The same for a WebSocket that carries the session, or that came too late because the session had ended.
     *
     * @return the packets; the last packet of the session says why it ends
     */
    CompletableFuture<SessionAnswer> collect(Duration wait) {
        return Answers.following(
                mailbox.collect(MOST_FOR_CARRIER, wait), (collected, failure) -> packets(collected, new byte[0]));
    }

    /** @param collected null if a WebSocket has probed meanwhile */
    private static SessionAnswer answer(@Nullable Collected collected) {
        return packets(collected, NOOP) instanceof Batch(byte[] content)
                ? new Batch(Farewell.withoutReason(content))
                : Refused.UNKNOWN;
    }

    private static SessionAnswer packets(@Nullable Collected collected, byte[] otherwise) {
        return switch (collected) {
            case null -> new Batch(otherwise);
            case Collected.Batch(byte[] content) ->
                new Batch(Arrays.copyOf(content, content.length - 1)); // without the last separator
            case Collected.Nothing _, Collected.Overtaken _ -> new Batch(new byte[0]);
            case Collected.Ended _, Collected.Unknown _ -> Refused.UNKNOWN;
        };
    }

    /** Whether a poll waits. */
    synchronized boolean isWaiting() {
        return waiting != null && !waiting.isDone();
    }

    /** @return false if another post is under way */
    synchronized boolean beginPost() {
        boolean first = !posting;
        posting = true;
        return first;
    }

    synchronized void endPost() {
        posting = false;
    }

    /** Whether a WebSocket carries the session, so that polling is over. */
    synchronized boolean isOnWebSocket() {
        return state == State.UPGRADED || state == State.CARRIED;
    }

    /** Whether a WebSocket of this node carries the session. */
    synchronized boolean isUpgraded() {
        return state == State.UPGRADED;
    }

    /** The WebSocket of another node that carries the session; null for none. */
    synchronized @Nullable Carrier carrier() {
        return carrier;
    }

    /** The WebSocket that wants to take over; null for none. */
    synchronized @Nullable Candidate candidate() {
        return candidate;
    }

    /**
     * A WebSocket wants to take over.
     *
     * @return false if another one wants to, or has taken over
     */
    synchronized boolean begin(Candidate by) {
        if (state != State.POLLING || candidate != null) {
            return false;
        }
        candidate = by;
        return true;
    }

    /**
     * The WebSocket that wants to take over works. From now on no poll waits, and none gets messages.
     *
     * @return false if it has given up
     */
    synchronized boolean probed(Candidate by) {
        if (candidate != by) {
            return false;
        }
        state = State.PROBED;
        if (waiting != null) {
            waiting.cancel(false);
        }
        return true;
    }

    /**
     * The client goes on over the WebSocket, and sends no poll any more.
     *
     * @return false if it has not probed, or has given up
     */
    synchronized boolean upgrade(Candidate by) {
        if (candidate != by || state != State.PROBED) {
            return false;
        }
        candidate = null;
        if (by instanceof Carrier elsewhere) {
            carrier = elsewhere;
            state = State.CARRIED;
        } else {
            state = State.UPGRADED;
        }
        return true;
    }

    /** The WebSocket does not take over, and polls go on. */
    synchronized void giveUp(Candidate by) {
        if (candidate == by) {
            candidate = null;
            state = State.POLLING;
        }
    }

    /** The session is over, and a WebSocket that wants to take over has nothing to carry. */
    void endCandidate() {
        Candidate by = candidate();
        if (by != null) {
            by.fail();
        }
    }

    /** Checks the deadline of the WebSocket that wants to take over. */
    void sweep(long now) {
        Candidate by = candidate();
        if (by != null) {
            by.sweep(now);
        }
    }

    /** Whether everything has been collected, the last packet of the session included. */
    boolean isOver() {
        return over;
    }

    /** Throws away what nobody will collect. If a poll waits, it gets this instead. */
    synchronized void discard() {
        if (!isWaiting()) {
            CompletableFuture<?> _ = mailbox.collect(Integer.MAX_VALUE, Duration.ZERO);
        }
    }
}
