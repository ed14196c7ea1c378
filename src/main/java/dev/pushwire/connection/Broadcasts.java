package dev.pushwire.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The broadcasts that one event loop still has to give to the members of groups. A broadcast waits once, whatever the
 * number of members. In each pass, the members of one {@link #turn} get all that waits for them, so the loop gets back
 * to its sockets soon. Anything else that is done with a member brings it up to date first, so it never notices that
 * others had their turns before it.
 *
 * <p>Belongs to the loop's thread.
 */
final class Broadcasts {
    /** The members of a turn. Their writes take about half a millisecond. */
    static final int MEMBERS = 128;
    /** The bytes of a turn, if messages are large or many. To copy and write them takes about as long. */
    static final int BYTES = 1024 * 1024;
    /**
     * The members of one group before the next group gets its turn, so that a small group does not wait for a large
     * one.
     */
    private static final int MEMBERS_OF_ONE = 16;
    /**
     * Looking for a group among those of a session is cheap. Looking at each waiting group may cost a cache miss each.
     */
    private static final int FEW = 8;

    private final EventLoop loop;
    private final List<LoopShard> busy = new ArrayList<>();
    private final List<Rounds> concerned = new ArrayList<>(); // scratch
    private final Consumer<Broadcast> partFinished = this::partFinished;
    private int turn; // the index of the busy part whose turn is next
    private long newest; // the number of the newest broadcast

    Broadcasts(EventLoop loop) {
        this.loop = loop;
    }

    boolean isIdle() {
        return busy.isEmpty();
    }

    /** Begins a broadcast. A member that joins a group from now on does not get it. */
    void begin(Broadcast broadcast) {
        newest++;
        broadcast.begin(newest);
        for (LoopShard part : broadcast.parts()) {
            if (!part.isEmpty()) {
                broadcast.partBegun();
                roundsOf(part).add(broadcast);
            }
        }
        if (broadcast.isFinished()) { // no members are left
            loop.backpressure().arrived(broadcast.cost());
        }
    }

    private Rounds roundsOf(LoopShard part) {
        Rounds rounds = part.rounds();
        if (rounds == null) {
            rounds = part.beginRounds();
            busy.add(part);
        }
        return rounds;
    }

    /** Gives the next members what waits for them. */
    void turn() {
        int members = MEMBERS;
        long bytes = BYTES;
        while (!busy.isEmpty() && members > 0 && bytes > 0) {
            turn = turn < busy.size() ? turn : 0;
            LoopShard part = busy.get(turn);
            Rounds rounds = roundsOf(part);
            for (int i = 0; i < MEMBERS_OF_ONE && !rounds.isOver() && bytes > 0; i++) {
                Connection member = rounds.next();
                if (member != null) {
                    bytes -= visit(member);
                }
                rounds.finish(partFinished);
                members--;
            }
            if (rounds.isOver()) {
                part.endRounds(rounds.place());
                busy.set(turn, busy.getLast());
                busy.removeLast();
            } else {
                turn++;
            }
        }
    }

    private long visit(Connection member) {
        try {
            return bringUpToDate(member);
        } catch (Throwable t) {
            member.fail(t);
            return 0;
        }
    }

    private void partFinished(Broadcast broadcast) {
        if (broadcast.partFinished()) {
            loop.backpressure().arrived(broadcast.cost());
            loop.publishLatency().handedOver(broadcast.publishedAt());
        }
    }

    /**
     * Gives a connection everything that its groups were sent so far.
     *
     * @return the bytes that this counts for
     */
    long bringUpToDate(Connection member) {
        Memberships in = member.session().memberships();
        if (in == null || in.given() == newest) {
            return 0;
        }
        collect(in);
        long bytes = switch (concerned.size()) {
            case 0 -> 0;
            case 1 -> giveAll(member, in, concerned.getFirst());
            default -> giveInOrder(member, in);
        };
        in.given(newest);
        return bytes;
    }

    /** Makes the connection miss everything that its groups were sent so far. */
    void passOver(Connection member) {
        Memberships in = member.session().memberships();
        if (in != null) {
            in.given(newest);
        }
    }

    /** Finds the groups of a session in which messages wait. */
    private void collect(Memberships in) {
        concerned.clear();
        if (busy.size() <= FEW) {
            for (int i = 0; i < busy.size(); i++) {
                if (in.isIn(busy.get(i))) {
                    concerned.add(roundsOf(busy.get(i)));
                }
            }
        } else {
            for (int i = 0; i < in.count(); i++) {
                Rounds rounds = in.part(i).rounds();
                if (rounds != null) {
                    concerned.add(rounds);
                }
            }
        }
    }

    private static long giveAll(Connection member, Memberships in, Rounds rounds) {
        long bytes = 0;
        for (int i = rounds.indexAfter(in.given()); i < rounds.size() && member.isOpen(); i++) {
            bytes += give(member, in, rounds.get(i));
        }
        return bytes;
    }

    /**
     * Gives what several groups were sent, in the order in which it was sent. A message to several groups is given
     * once.
     */
    private long giveInOrder(Connection member, Memberships in) {
        long bytes = 0;
        for (Broadcast next = next(in); next != null && member.isOpen(); next = next(in)) {
            bytes += give(member, in, next);
        }
        return bytes;
    }

    private @Nullable Broadcast next(Memberships in) {
        Broadcast first = null;
        for (Rounds rounds : concerned) {
            int index = rounds.indexAfter(in.given());
            if (index < rounds.size() && (first == null || rounds.get(index).number() < first.number())) {
                first = rounds.get(index);
            }
        }
        return first;
    }

    private static long give(Connection member, Memberships in, Broadcast broadcast) {
        in.given(broadcast.number());
        broadcast.give(member);
        return broadcast.cost();
    }
}
