package dev.pushwire.connection;

import java.util.List;
import java.util.function.Consumer;

/** A message for the members that one or several groups have on an event loop, or their end. */
final class Broadcast {
    private final List<LoopShard> parts;
    private final Consumer<Connection> what;
    private final int cost;
    private final long publishedAt;
    private long number;
    private int unfinished;

    /**
     * @param parts the groups' parts on one event loop; a member of several gets the broadcast once
     * @param what the action on each member, on the loop
     * @param cost what it counts in the loop's {@link LoopBackpressure}
     * @param publishedAt when it was sent, as {@link System#nanoTime} counts
     */
    Broadcast(List<LoopShard> parts, Consumer<Connection> what, int cost, long publishedAt) {
        this.parts = parts;
        this.what = what;
        this.cost = cost;
        this.publishedAt = publishedAt;
    }

    List<LoopShard> parts() {
        return parts;
    }

    int cost() {
        return cost;
    }

    long publishedAt() {
        return publishedAt;
    }

    /** The number of the broadcast, in the order in which the loop got its broadcasts. */
    long number() {
        return number;
    }

    void begin(long nextNumber) {
        number = nextNumber;
    }

    void give(Connection member) {
        what.accept(member);
    }

    /** One more part has members to reach. */
    void partBegun() {
        unfinished++;
    }

    /**
     * One part is done.
     *
     * @return whether no part is left
     */
    boolean partFinished() {
        unfinished--;
        return isFinished();
    }

    boolean isFinished() {
        return unfinished == 0;
    }
}
