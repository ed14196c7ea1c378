package dev.pushwire.engineio;

import dev.pushwire.polling.SessionAnswer;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionId;
import dev.pushwire.polling.SessionRequest.Post;
import dev.pushwire.polling.SessionRoutes;
import dev.pushwire.protocol.Records;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a client over a WebSocket, on their way to the node that has the session, one piece at a time.
 * Messages that come while one piece is under way are the next piece. So the order is kept, and many small messages
 * share a question. Thread-safe.
 */
final class RelayedPosts {
    /** The most bytes of one piece. A message may be cut. */
    private static final int PIECE = 512 * 1024;

    /** How many bytes may wait. Beyond that, the client is not read from. */
    private static final int ROOM = 64 * 1024;

    private final SessionRoutes routes;
    private final SessionId id;
    private final Runnable lost;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(0); // guarded by this, as are the next
    private long number;
    private boolean underWay;
    private boolean over;
    private @Nullable Runnable last;

    /** @param lost called once, if a piece was not taken although the session may go on */
    RelayedPosts(SessionRoutes routes, SessionId id, Runnable lost) {
        this.routes = routes;
        this.id = id;
        this.lost = lost;
    }

    /** Adds a message. Waits while too much is on its way. */
    synchronized void add(ByteBuffer message, boolean isText) {
        if (over) {
            return; // the WebSocket is about to end
        }
        byte[] content = new byte[message.remaining()];
        message.get(message.position(), content);
        if (isText) {
            waiting.writeBytes(content);
        } else {
            waiting.write('b');
            waiting.writeBytes(Base64.getEncoder().encode(content));
        }
        waiting.write(Records.SEPARATOR);
        send();
        try {
            while (waiting.size() > ROOM && !over) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing more comes. Runs the task once the messages that wait have been delivered. */
    synchronized void finish(Runnable then) {
        last = then;
        send();
    }

    private void send() {
        if (underWay) {
            return;
        }
        if (over || waiting.size() == 0) {
            end();
            return;
        }
        underWay = true;
        number++;
        CompletableFuture<?> _ = routes.answer(id, new Post(null, number, next(), Relay.PATIENCE))
                .whenComplete((answer, failure) -> answered(answer));
    }

    private void end() {
        if (last != null) {
            Runnable then = last;
            last = null;
            then.run();
        }
    }

    private byte[] next() {
        byte[] all = waiting.toByteArray();
        waiting.reset();
        if (all.length <= PIECE) {
            return all;
        }
        waiting.write(all, PIECE, all.length - PIECE);
        byte[] piece = new byte[PIECE];
        System.arraycopy(all, 0, piece, 0, PIECE);
        return piece;
    }

    private void answered(@Nullable SessionAnswer answer) {
        boolean hasEnded = answer == Refused.MALFORMED || answer == Refused.UNKNOWN; // the last packet says why
        synchronized (this) {
            underWay = false;
            if (!(answer instanceof Done)) {
                over = true;
                waiting.reset();
            }
            send();
            notifyAll();
        }
        if (!(answer instanceof Done) && !hasEnded) {
            lost.run();
        }
    }
}
