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
 * What a session over long polling has besides: one poll and one post at a time at most, and a WebSocket that wants to take over. While it does,
 * polls are answered at once with a packet that means nothing, and what the session is sent waits. Thread-safe.
 */
final class Polling {
    /** As the last word to a poll this is a packet that means nothing: the client has said itself that it leaves. */
    static final CloseStatus CLIENT_LEFT = new CloseStatus(CloseCode.NORMAL_CLOSURE, "the client has left");

    private static final byte[] NOOP = {(byte) EnginePacket.Type.NOOP.digit()};
    private static final OutboundMessage SAY_NOTHING = OutboundMessage.text(new String(NOOP, US_ASCII));
    private static final OutboundMessage SAY_CLOSE =
            OutboundMessage.text(new EnginePacket(EnginePacket.Type.CLOSE, "").text());

    /** Bytes of one answer, unless one message is larger. */
    private static final int MOST = 1024 * 1024;

    private final MailboxTransport mailbox;
    private State state = State.POLLING; // guarded by this, as are the next
    private @Nullable CompletableFuture<Collected> waiting;
    private boolean posting;
    private @Nullable Upgrading upgrading;
    private volatile boolean over;

    private enum State {
        POLLING,
        /** A WebSocket has shown that it works. */
        PROBED,
        /** There are no polls any more. */
        UPGRADED
    }

    /** @param silence for how long nobody may come for what the session is sent */
    Polling(String remoteAddress, Duration silence) {
        this.mailbox = new MailboxTransport(remoteAddress, silence, () -> over = true);
    }

    MailboxTransport mailbox() {
        return mailbox;
    }

    /** The last packet to a poll. */
    static OutboundMessage farewell(CloseStatus status) {
        return status.equals(CLIENT_LEFT) ? SAY_NOTHING : SAY_CLOSE;
    }

    /**
     * A poll has come.
     *
     * @param wait how long, if nothing is there; zero to look
     * @return the packets, in a batch that is empty if there were none in that time. Null for a poll while another one waits
     */
    @Nullable
    synchronized CompletableFuture<SessionAnswer> poll(Duration wait) {
        return switch (state) {
            case PROBED -> CompletableFuture.completedFuture(new Batch(NOOP));
            case UPGRADED -> CompletableFuture.completedFuture(Refused.MALFORMED);
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

    /** @param collected null where a WebSocket has probed meanwhile */
    private static SessionAnswer answer(@Nullable Collected collected) {
        return switch (collected) {
            case null -> new Batch(NOOP);
            case Collected.Batch(byte[] content) ->
                new Batch(Arrays.copyOf(content, content.length - 1)); // its separator
            case Collected.Nothing _, Collected.Overtaken _ -> new Batch(new byte[0]);
            case Collected.Ended _, Collected.Unknown _ -> Refused.UNKNOWN;
        };
    }

    /** Whether a poll waits. */
    synchronized boolean isWaiting() {
        return waiting != null && !waiting.isDone();
    }

    /** @return false while another request posts */
    synchronized boolean beginPost() {
        boolean first = !posting;
        posting = true;
        return first;
    }

    synchronized void endPost() {
        posting = false;
    }

    /** Whether polls have come to their end. */
    synchronized boolean isUpgraded() {
        return state == State.UPGRADED;
    }

    /**
     * A WebSocket wants to take over.
     *
     * @return false if one does already, or has
     */
    synchronized boolean begin(Upgrading by) {
        if (state != State.POLLING || upgrading != null) {
            return false;
        }
        upgrading = by;
        return true;
    }

    /**
     * The WebSocket that wants to take over works. From here on no poll waits, and none is given anything.
     *
     * @return false if it does not want to any more
     */
    synchronized boolean probed(Upgrading by) {
        if (upgrading != by) {
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
     * @return false if it did not probe, or does not want to any more
     */
    synchronized boolean upgrade(Upgrading by) {
        if (upgrading != by || state != State.PROBED) {
            return false;
        }
        state = State.UPGRADED;
        upgrading = null;
        return true;
    }

    /** The WebSocket does not take over, and polls go on. */
    synchronized void giveUp(Upgrading by) {
        if (upgrading == by) {
            upgrading = null;
            state = State.POLLING;
        }
    }

    /** Looks at the deadline of the WebSocket. */
    void sweep(long now) {
        Upgrading by;
        synchronized (this) {
            by = upgrading;
        }
        if (by != null) {
            by.sweep(now);
        }
    }

    /** Whether there is nothing more to collect, the last words of the session included. */
    boolean isOver() {
        return over;
    }

    /** Nobody will come for what is left. One who waits has it before. */
    synchronized void discard() {
        if (!isWaiting()) {
            CompletableFuture<?> _ = mailbox.collect(Integer.MAX_VALUE, Duration.ZERO);
        }
    }
}
