package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.MovableSession;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Records;
import java.util.concurrent.CompletableFuture;

/**
 * Exchanges the sessions of two connections of one event loop, in one step of the loop. A sender to one of the
 * sessions, or to their groups, sees no moment in between. Messages that were sent to the moving session and not
 * collected move along.
 */
final class SessionMove {
    private SessionMove() {}

    /** See {@link ConnectionSession#moveTo}. */
    static CompletableFuture<Boolean> begin(ConnectionSession moving, MovableSession onto) {
        if (!(onto instanceof ConnectionSession other) || other.loop() != moving.loop()) {
            throw new IllegalArgumentException("Not on the event loop of " + moving + ": " + onto);
        }
        CompletableFuture<Boolean> moved = new CompletableFuture<>();
        EventLoop loop = moving.loop();
        Connection from = moving.connection();
        boolean taken = loop.tryExecute(() -> from.attempt(() -> from.delivery().behindCalls(() -> {
            boolean goesOn = loop.tryExecute(() -> finish(moving, other, moved));
            if (!goesOn) {
                moved.complete(false);
            }
        })));
        if (!taken) {
            moved.complete(false);
        }
        return moved;
    }

    private static void finish(ConnectionSession moving, ConnectionSession other, CompletableFuture<Boolean> moved) {
        Connection from = moving.connection();
        Connection to = other.connection();
        try {
            moved.complete(move(from, to));
        } catch (Throwable t) {
            from.fail(t);
            to.fail(t);
            moved.complete(false);
        }
    }

    /**
     * Moves the session. On the loop.
     *
     * @param from is over once its session has moved
     * @return whether it has moved; if not, nothing has changed
     */
    static boolean move(Connection from, Connection to) {
        EventLoop loop = from.loop();
        assert loop.inLoop();
        ConnectionSession moving = from.session();
        ConnectionSession other = to.session();
        if (moving.isLeaving() || other.isLeaving()) {
            return false;
        }
        loop.broadcasts().bringUpToDate(from);
        loop.broadcasts().bringUpToDate(to);
        if (!from.isOpen() || !to.isOpen()) {
            return false; // the messages of their groups may have ended them
        }
        moving.moveTo(to);
        other.moveTo(from);
        if (from.transport() instanceof MailboxTransport mailbox) {
            Records.read(mailbox.takeUntaken()).forEach(to.out()::takeOver);
        }
        for (EncodedFrame frame : from.out().takeUnsent()) {
            to.out().takeOver(Records.read(frame));
        }
        from.end(new Ending.SessionMoved());
        Holdings.account(to);
        return true;
    }
}
