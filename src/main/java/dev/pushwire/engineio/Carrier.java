package dev.pushwire.engineio;

import dev.pushwire.endpoint.spi.PostedSession;
import dev.pushwire.polling.SessionAnswer;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionRequest;
import dev.pushwire.protocol.Records;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * A WebSocket of another node that wants to carry a session of this node, and later does. Its {@link Relay} there
 * collects what the session is sent, and brings what the client sends. Both are counted, so nothing comes twice or out
 * of order. Thread-safe.
 */
final class Carrier implements Candidate {
    private static final byte[] NOTHING = {};

    private final String id;
    private final EngineSession session;
    private final Polling polling;
    private final long since = System.nanoTime();
    private long polls; // guarded by this, as are the next
    private long posts;
    private byte[] begun = NOTHING; // the beginning of a packet whose rest has not arrived

    /** @param id as {@link SessionRequest.Carry#carrier} */
    Carrier(String id, EngineSession session, Polling polling) {
        this.id = id;
        this.session = session;
        this.polling = polling;
    }

    boolean is(String other) {
        return id.equals(other);
    }

    @Override
    public void sweep(long now) {
        if (now - since >= PATIENCE) {
            fail();
        }
    }

    /**
     * The WebSocket's node is not told. It finds out when it wants to take over, and closes the WebSocket when its time
     * is up.
     */
    @Override
    public void fail() {
        polling.giveUp(this);
    }

    /**
     * Collects what the session is sent. A cancelled poll means that the other node or the client is gone: the session
     * ends.
     */
    CompletableFuture<SessionAnswer> poll(SessionRequest.Poll poll) {
        synchronized (this) {
            if (poll.acknowledged() != polls + 1) {
                return CompletableFuture.completedFuture(Refused.OUT_OF_ORDER);
            }
            polls++;
        }
        CompletableFuture<SessionAnswer> answer = polling.collect(poll.patience());
        CompletableFuture<?> _ = answer.whenComplete((what, failure) -> {
            if (answer.isCancelled()) {
                session.close(CloseReason.TRANSPORT_CLOSE);
            }
        });
        return answer;
    }

    /** Takes what the client sent: packets with U+001E after each. The body may end in the middle of a packet. */
    CompletableFuture<SessionAnswer> post(SessionRequest.Post post) {
        byte[] whole;
        synchronized (this) {
            if (post.number() != posts + 1) {
                return CompletableFuture.completedFuture(Refused.OUT_OF_ORDER);
            }
            posts++;
            whole = whole(post.body());
        }
        // A payload has no separator after its last packet.
        return whole.length == 0
                ? CompletableFuture.completedFuture(new Done())
                : PostedPayload.post((PostedSession) session.connection(), Arrays.copyOf(whole, whole.length - 1));
    }

    /** The packets that this piece completes. Keeps the rest for the next piece. */
    private byte[] whole(byte[] piece) {
        int end = piece.length;
        while (end > 0 && piece[end - 1] != Records.SEPARATOR) {
            end--;
        }
        byte[] whole = end == 0 ? NOTHING : joined(begun, piece, 0, end);
        begun = end == 0 ? joined(begun, piece, 0, piece.length) : Arrays.copyOfRange(piece, end, piece.length);
        return whole;
    }

    private static byte[] joined(byte[] first, byte[] second, int from, int to) {
        byte[] both = Arrays.copyOf(first, first.length + to - from);
        System.arraycopy(second, from, both, first.length, to - from);
        return both;
    }
}
