package dev.pushwire.connection;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.MovableSession;
import dev.pushwire.endpoint.spi.PostedSession;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
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
 * A connection as the application holds it: who is connected, what it was let in with, and the groups that it is in. Brings calls
 * from any thread to the connection's event loop.
 */
final class ConnectionSession extends SendingSession implements PostedSession, MovableSession {
    private static final Logger log = LoggerFactory.getLogger(ConnectionSession.class);

    /** What a membership in a group takes, with what the layers above keep of a subscription: its topic's name above all. */
    private static final int MEMBERSHIP_SIZE = 512;

    private static final AtomicLong IDS = new AtomicLong();
    private static final AtomicReferenceFieldUpdater<ConnectionSession, AccessLease> GRANT =
            AtomicReferenceFieldUpdater.newUpdater(ConnectionSession.class, AccessLease.class, "lease");

    private final long id = IDS.incrementAndGet();

    private volatile Connection connection; // another one of the same loop, once the session has moved there
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

    /** For life, whichever connection it has. */
    EventLoop loop() {
        return connection.loop();
    }

    /** What {@link #id} spells behind the node's name. */
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

    /** The connection is over, and nothing takes the place of its lease any more. */
    void releaseGrant() {
        release(GRANT.getAndUpdate(this, ReleasedLease::new));
    }

    /** Gives a lease back. One that fails at that keeps nothing else from being given back. */
    static void release(AccessLease lease) {
        try {
            lease.release();
        } catch (Throwable t) {
            log.error("A grant could not be released", t);
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
        return asked.isOpen() || (asked != connection && connection.isOpen()); // it has moved in between
    }

    @Override
    public void heartbeat(@Nullable Heartbeat heartbeat) {
        EventLoop loop = connection.loop();
        loop.run(() -> connection.keepalive().beat(heartbeat, loop.now()));
    }

    @Override
    public CompletableFuture<Posted> post(boolean isText, ByteBuffer message) {
        return SessionPosts.post(this, isText, message);
    }

    @Override
    public void close(CloseStatus status) {
        if (!CloseCode.mayBeSent(status.code())) {
            throw new IllegalArgumentException("Close code " + status.code() + " must not be sent");
        }
        connection.loop().run(() -> connection.end(new Ending.AppClosed(status)));
    }

    /** For the loop: the groups that the session is in; null for none. */
    @Nullable
    Memberships memberships() {
        assert connection.loop().inLoop();
        return memberships;
    }

    /**
     * For the loop: takes a place in a group, from whose next message on it is one of its members.
     *
     * @return false if it has one already, or is about to be closed
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
     * For the loop: gives up its place in a group, whose messages up to now reach it.
     *
     * @return whether it counted there
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

    /** For the loop: a group has given the session another place. */
    void moved(LoopShard group, int place) {
        assert connection.loop().inLoop();
        Objects.requireNonNull(memberships).moved(group, place);
    }

    /** For the loop: whether the connection is about to end, behind what is on its way. */
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

    /** For the loop: has another connection from here on, as it has this session. */
    void moveTo(Connection next) {
        assert next.loop().inLoop();
        if (memberships != null) {
            memberships.forEach((group, place) -> group.replace(place, next));
        }
        next.session(this);
        connection = next;
    }

    /** For the loop: the connection is about to end, so from here on no group counts it. */
    void discount() {
        assert connection.loop().inLoop();
        if (!leaving && memberships != null) {
            memberships.forEach((group, place) -> group.discount());
        }
        leaving = true;
    }

    /**
     * For the loop: the connection ends, and is in no group any more.
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
     * Ends the connection behind everything that is on its way to it, by whichever thread it was sent: first its groups
     * count it no more, and only then the ending queues up behind what those who counted it have sent.
     */
    void leave(Ending how) {
        EventLoop loop = connection.loop();
        loop.run(() -> connection.attempt(() -> {
            discount();
            loop.execute(() -> connection.end(how));
        }));
    }

    /** For the loop: bytes that memberships take. */
    long memory() {
        assert connection.loop().inLoop();
        return memberships == null ? 0 : (long) memberships.count() * MEMBERSHIP_SIZE;
    }

    @Override
    public String toString() {
        return "Connection " + id() + " from " + remoteAddress();
    }
}
