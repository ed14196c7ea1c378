package dev.pushwire.connection;

import java.util.List;
import java.util.function.Consumer;

/** Something for the members that one or several groups have on an event loop: a message, or their end. */
final class Broadcast {
    private final List<LoopShard> parts;
    private final Consumer<Connection> what;
    private final int cost;
    private final long publishedAt;
    private long number;
    private int unfinished;

    /**
     * @param parts of one event loop; a member of several gets it once
     * @param what is done with each member, on the loop
     * @param cost what it counts for in the loop's {@link LoopBackpressure}
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

    /** Its place in the order in which the loop was given its broadcasts. */
    long number() {
        return number;
    }

    void begin(long nextNumber) {
        number = nextNumber;
    }

    void give(Connection member) {
        what.accept(member);
    }

    /** The members of one more part are to be reached. */
    void partBegun() {
        unfinished++;
    }

    /** @return whether no part is left whose members are to be reached */
    boolean partFinished() {
        unfinished--;
        return isFinished();
    }

    boolean isFinished() {
        return unfinished == 0;
    }
}
