package dev.pushwire.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;

/** The connections of one event loop. All but {@link #size} belongs to the loop's thread. */
final class LoopConnections {
    /** How many connections a pass writes to. The loop gets back to its sockets after about two milliseconds. */
    static final int WRITTEN_IN_A_PASS = 512;

    private final List<Connection> all = new ArrayList<>();
    private final Queue<Connection> unflushed = new ArrayDeque<>();
    private volatile int size;

    /** How many there are. Any thread may ask. */
    int size() {
        return size;
    }

    /** All connections; a view. */
    List<Connection> all() {
        return all;
    }

    /** The connections that are clients' sessions. */
    Stream<Connection> sessions() {
        return all.stream().filter(connection -> connection.binding().isOfSessions());
    }

    /** @return the connection's place, for {@link #remove} */
    int add(Connection connection) {
        all.add(connection);
        size = all.size();
        return all.size() - 1;
    }

    void remove(int place) {
        Connection last = all.removeLast();
        if (place < all.size()) {
            all.set(place, last);
            last.movedTo(place);
        }
        size = all.size();
    }

    /** Flushes the connection at the end of this pass, or of a later one if there are many. */
    void flushLater(Connection connection) {
        unflushed.add(connection);
    }

    boolean allFlushed() {
        return unflushed.isEmpty();
    }

    /** Flushes the connections that have waited longest. */
    void flush() {
        for (int i = 0; i < WRITTEN_IN_A_PASS; i++) {
            Connection connection = unflushed.poll();
            if (connection == null) {
                return;
            }
            try {
                connection.flush();
            } catch (Throwable t) {
                connection.fail(t);
            }
        }
    }

    /** Makes all connections look at their deadlines. */
    void sweep(long now) {
        // backwards: a connection that ends is replaced by one that was swept already; several end if memory is short
        for (int i = all.size() - 1; i >= 0; i = Math.min(i, all.size()) - 1) {
            Connection connection = all.get(i);
            try {
                connection.sweep(now);
            } catch (Throwable t) {
                connection.fail(t);
            }
        }
    }

    /** Begins the closing handshake with every session that is open. */
    void closeSessions() {
        close(sessions().toList());
    }

    /** Begins the closing handshake with every connection. */
    void closeAll() {
        close(List.copyOf(all));
    }

    private static void close(List<Connection> connections) {
        connections.forEach(connection -> connection.session().leave(new Ending.ServerStopping()));
    }
}
