package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The connections of the node, for operators: they can list them and close them. Thread-safe. Each event loop looks at
 * its own connections in a task of its own. The result leaves out a loop that does not answer in time, and names it.
 */
public final class Connections {
    private final List<EventLoop> loops;
    private final Duration patience;

    /** @param patience how long the loops may take to answer */
    public Connections(EventLoopGroup loops, Duration patience) {
        this.loops = loops.loops();
        this.patience = patience;
    }

    /**
     * A page of a list of connections.
     *
     * @param total how many connections the filter selected
     * @param silentLoops the indexes of the loops whose connections are missing
     */
    public record Page(long total, List<ConnectionInfo> connections, List<Integer> silentLoops) {}

    /**
     * The connections that were asked to close.
     *
     * @param silentLoops the indexes of the loops whose connections were not asked
     */
    public record Closed(int count, List<Integer> silentLoops) {}

    /**
     * Lists connections in order, from the one numbered {@code from}, at most {@code count}. Each loop holds no more
     * than {@code from + count} of them, whatever their number.
     */
    public Page list(ConnectionFilter filter, ConnectionOrder order, int from, int count) {
        var found = LoopAnswers.ask(loops, patience, loop -> first(loop, filter, order, from + count));
        return new Page(
                found.answers().stream().mapToLong(Part::total).sum(),
                found.answers().stream()
                        .flatMap(part -> part.ranked().stream())
                        .sorted()
                        .skip(from)
                        .limit(count)
                        .map(Ranked::info)
                        .toList(),
                found.silent());
    }

    private record Part(int total, List<Ranked> ranked) {}

    /** A connection in the order of the list. Equal ranks are ordered by id, so that no connection is on two pages. */
    private record Ranked(long rank, long number, ConnectionInfo info) implements Comparable<Ranked> {
        @Override
        public int compareTo(Ranked other) {
            int byRank = Long.compare(other.rank, rank);
            return byRank != 0 ? byRank : Long.compare(number, other.number);
        }
    }

    private static Part first(EventLoop loop, ConnectionFilter filter, ConnectionOrder order, int count) {
        Comparator<Connection> best = Comparator.<Connection>comparingLong(order::rank)
                .reversed()
                .thenComparingLong(connection -> connection.session().number());
        PriorityQueue<Connection> kept = new PriorityQueue<>(best.reversed()); // its head is dropped first
        int total = 0;
        for (Connection connection : loop.connections().all()) {
            if (connection.binding().isOfSessions() && filter.picks(connection, loop.now())) {
                total++;
                if (kept.size() < count) {
                    kept.add(connection);
                } else if (!kept.isEmpty() && best.compare(connection, kept.element()) < 0) {
                    kept.remove();
                    kept.add(connection);
                }
            }
        }
        return new Part(
                total,
                kept.stream()
                        .map(each -> new Ranked(
                                order.rank(each), each.session().number(), ConnectionInfo.of(each, loop.now())))
                        .toList());
    }

    /** Finds a connection. Empty if no connection has the id, or its loop does not answer. */
    public Optional<ConnectionInfo> find(String id) {
        return LoopAnswers.ask(
                        loops,
                        patience,
                        loop -> loop.connections()
                                .sessions()
                                .filter(hasId(id))
                                .map(connection -> ConnectionInfo.of(connection, loop.now()))
                                .toList())
                .answers()
                .stream()
                .flatMap(List::stream)
                .findFirst();
    }

    /** Begins the closing handshake with the connections that a filter selects. */
    public Closed close(ConnectionFilter filter, CloseStatus status) {
        return close((loop, connection) -> filter.picks(connection, loop.now()), status);
    }

    /** Begins the closing handshake with one connection. */
    public Closed close(String id, CloseStatus status) {
        Predicate<Connection> wanted = hasId(id);
        return close((loop, connection) -> wanted.test(connection), status);
    }

    /** Begins the closing handshake with the connections whose access is over. */
    public Closed endAccess(Predicate<AccessLease> over, CloseStatus status) {
        return end((loop, connection) -> over.test(connection.session().lease()), new Ending.AccessEnded(status));
    }

    private interface Choice {
        boolean picks(EventLoop loop, Connection connection);
    }

    private Closed close(Choice choice, CloseStatus status) {
        return end(choice, new Ending.AppClosed(status));
    }

    private Closed end(Choice choice, Ending how) {
        var closed = LoopAnswers.ask(loops, patience, loop -> {
            List<Connection> chosen = loop.connections()
                    .sessions()
                    .filter(connection -> connection.isOpen() && choice.picks(loop, connection))
                    .toList();
            chosen.forEach(connection -> connection.session().leave(how));
            return chosen.size();
        });
        return new Closed(closed.answers().stream().mapToInt(Integer::intValue).sum(), closed.silent());
    }

    private static Predicate<Connection> hasId(String id) {
        int hyphen = id.lastIndexOf('-');
        String node = id.substring(0, Math.max(0, hyphen));
        long number;
        try {
            number = Long.parseLong(id.substring(hyphen + 1), Character.MAX_RADIX);
        } catch (NumberFormatException e) {
            return connection -> false;
        }
        return connection -> connection.session().number() == number
                && connection.loop().node().equals(node);
    }

    /**
     * The goodbyes of the service before it stops: a call for each open connection. Any thread may make the calls, at
     * its own pace. The connections of a loop that does not answer are missing.
     */
    public List<Runnable> goodbyes() {
        List<Runnable> all = new ArrayList<>();
        LoopAnswers.ask(loops, patience, loop -> loop.connections().sessions().toList()).answers().stream()
                .flatMap(List::stream)
                .forEach(connection -> all.add(() -> connection.session().leave(new Ending.ServerStopping())));
        return all;
    }
}
