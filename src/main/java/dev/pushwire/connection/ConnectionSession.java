package dev.pushwire.connection;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.MovableSession;
import dev.pushwire.endpoint.spi.PostedSession;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection as the application holds it: its user, its lease, and its groups. It brings calls from any thread to the
 * connection's event loop.
 */
final class ConnectionSession extends SendingSession implements PostedSession, MovableSession {
    private static final Logger log = LoggerFactory.getLogger(ConnectionSession.class);

    /**
     * The memory of a membership in a group, with what the layers above keep of a subscription: above all its topic's
     * name.
     */
    private static final int MEMBERSHIP_SIZE = 512;

    private static final AtomicLong IDS = new AtomicLong();
    private static final AtomicReferenceFieldUpdater<ConnectionSession, AccessLease> GRANT =
            AtomicReferenceFieldUpdater.newUpdater(ConnectionSession.class, AccessLease.class, "lease");

    private final long id = IDS.incrementAndGet();

    private volatile Connection connection; // changes to another one of the same loop if the session moves
    private volatile AccessLease lease;
    private volatile @Nullable Map<String, Object> attributes;
    private @Nullable Memberships memberships; // the loop's, as is the next; null for none
    private boolean leaving;

    ConnectionSession(Connection connection, AccessLease lease) {
        this.connection = connection;
        this.lease = lease;
    }

    @Override
    Connection connection() {
        return connection;
    }

    /** The session's event loop, for life, whichever connection it has. */
    EventLoop loop() {
        return connection.loop();
    }

    /** The number in {@link #id}, after the node's name. */
    long number() {
        return id;
    }

    @Override
    public String id() {
        return connection.loop().node() + "-" + Long.toString(id, Character.MAX_RADIX);
    }

    @Override
    public AccessLease lease() {
        return lease;
    }

    @Override
    public boolean replaceLease(AccessLease present, AccessLease next) {
        return !(present instanceof ReleasedLease) && GRANT.compareAndSet(this, present, next);
    }

    /** The connection is over. From now on nothing replaces its lease. */
    void releaseGrant() {
        release(GRANT.getAndUpdate(this, ReleasedLease::new));
    }

    /** Releases a lease. If it fails, everything else is still given back. */
    static void release(AccessLease lease) {
        try {
            lease.release();
        } catch (Throwable t) {
            log.error("The access of a connection could not be released", t);
        }
    }

    @Override
    public @Nullable String subprotocol() {
        return connection.peer().subprotocol();
    }

    @Override
    public Map<String, String> pathVariables() {
        return connection.peer().pathVariables();
    }

    @Override
    public String remoteAddress() {
        Connection by = connection;
        return Objects.requireNonNullElseGet(by.peer().forwardedAddress(), by.transport()::remoteAddress);
    }

    @Override
    public Map<String, Object> attributes() {
        Map<String, Object> map = attributes;
        if (map == null) {
            synchronized (this) {
                map = attributes;
                if (map == null) {
                    map = new ConcurrentHashMap<>();
                    attributes = map;
                }
            }
        }
        return map;
    }

    @Override
    public boolean isOpen() {
        Connection asked = connection;
        return asked.isOpen() || (asked != connection && connection.isOpen()); // the session has moved in between
    }

    @Override
    public void heartbeat(@Nullable Heartbeat heartbeat) {
        EventLoop loop = connection.loop();
        loop.run(() -> connection.keepalive().beat(heartbeat, loop.now()));
    }

    @Override
    public CompletableFuture<Posted> post(boolean isText, ByteBuffer message, @Nullable Duration patience) {
        return SessionPosts.post(this, isText, message, patience);
    }

    @Override
    public void close(CloseStatus status) {
        if (!CloseCode.mayBeSent(status.code())) {
            throw new IllegalArgumentException("Close code " + status.code() + " must not be sent");
        }
        connection.loop().run(() -> connection.end(new Ending.AppClosed(status)));
    }

    /** The groups that the session is in; null for none. For the loop. */
    @Nullable
    Memberships memberships() {
        assert connection.loop().inLoop();
        return memberships;
    }

    /**
     * Joins a group: the session is a member from the group's next message on. For the loop.
     *
     * @return false if it is a member already, or is about to be closed
     */
    boolean join(LoopShard group) {
        assert connection.loop().inLoop();
        if (!isOpen() || leaving || isIn(group)) {
            return false;
        }
        if (memberships == null) {
            memberships = new Memberships();
        }
        connection.loop().broadcasts().bringUpToDate(connection);
        memberships.add(group, group.enter(connection));
        return true;
    }

    /**
     * Leaves a group. The group's messages up to now reach it. For the loop.
     *
     * @return whether it counted as a member
     */
    boolean quit(LoopShard group) {
        assert connection.loop().inLoop();
        connection.loop().broadcasts().bringUpToDate(connection);
        Memberships in = memberships;
        if (in == null || !in.isIn(group)) {
            return false;
        }
        group.vacate(in.remove(group));
        return !leaving;
    }

    private boolean isIn(LoopShard group) {
        return memberships != null && memberships.isIn(group);
    }

    /** A group has moved the session to another place. For the loop. */
    void moved(LoopShard group, int place) {
        assert connection.loop().inLoop();
        Objects.requireNonNull(memberships).moved(group, place);
    }

    /** Whether the connection is about to end, after what is on its way. For the loop. */
    boolean isLeaving() {
        assert connection.loop().inLoop();
        return leaving;
    }

    @Override
    public CompletableFuture<Void> handled() {
        return SessionPosts.handled(this);
    }

    @Override
    public CompletableFuture<Boolean> moveTo(MovableSession other) {
        return SessionMove.begin(this, other);
    }

    /** Moves the session to another connection, which then has this session. For the loop. */
    void moveTo(Connection next) {
        assert next.loop().inLoop();
        if (memberships != null) {
            memberships.forEach((group, place) -> group.replace(place, next));
        }
        next.session(this);
        connection = next;
    }

    /** The connection is about to end: from now on no group counts it. For the loop. */
    void discount() {
        assert connection.loop().inLoop();
        if (!leaving && memberships != null) {
            memberships.forEach((group, place) -> group.discount());
        }
        leaving = true;
    }

    /**
     * The connection ends: the session leaves all its groups. For the loop.
     *
     * @param upToDate whether it still gets what its groups were sent so far
     */
    void quitAll(boolean upToDate) {
        assert connection.loop().inLoop();
        if (upToDate) {
            connection.loop().broadcasts().bringUpToDate(connection);
        }
        discount();
        if (memberships != null) {
            memberships.forEach(LoopShard::vacate);
            memberships = null;
        }
    }

    /**
     * Ends the connection after everything that is on its way to it, from any thread. First its groups stop counting
     * it. Only then does the ending queue up, after the messages of senders that counted it.
     */
    void leave(Ending how) {
        EventLoop loop = connection.loop();
        loop.run(() -> connection.attempt(() -> {
            discount();
            loop.execute(() -> connection.end(how));
        }));
    }

    /** The memory of the memberships, in bytes. For the loop. */
    long memory() {
        assert connection.loop().inLoop();
        return memberships == null ? 0 : (long) memberships.count() * MEMBERSHIP_SIZE;
    }

    @Override
    public String toString() {
        return "Connection " + id() + " from " + remoteAddress();
    }
}
