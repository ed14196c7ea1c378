package dev.pushwire.connection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One event loop's part in the {@link ClientMemory}. Belongs to the loop's thread. */
final class LoopMemory {
    /** Changes are reported in steps of this many bytes, so that the loops seldom write to the same place. */
    private static final int STEP = 64 * 1024;

    private final ClientMemory all;
    private long unreported;
    private long held; // by all loops, when last reported
    private long enough; // if more than this is held, room has to be made
    private boolean relieving;

    LoopMemory(ClientMemory all) {
        this.all = all;
        this.enough = all.limit();
    }

    /** The memory of a connection of this loop has changed by this many bytes. */
    void changed(long by) {
        if (by != 0) {
            unreported += by;
            if (Math.abs(unreported) >= STEP) {
                report();
            }
        }
    }

    private void report() {
        held = all.add(unreported);
        unreported = 0;
        if (held <= all.limit()) {
            enough = all.limit();
        }
    }

    /** Whether more is held than allowed, and has grown since room was last made. */
    boolean isShort() {
        return held > enough && !relieving;
    }

    /** Makes room if there is too little: on this loop at once, on the others as soon as they can. */
    void relieveIfShort(EventLoop loop) {
        if (isShort()) {
            beginRound(loop);
        }
    }

    /** Counts anew at each sweep, and makes room as long as there is too little. */
    void sweep(EventLoop loop) {
        loop.connections().all().forEach(Holdings::account);
        report();
        if (held > all.limit()) {
            beginRound(loop);
        }
    }

    private void beginRound(EventLoop loop) {
        int cut = all.beginRound();
        relieve(loop, cut);
        if (held > all.goal()) {
            all.askOthers(loop, cut);
        }
    }

    private record Holder(Connection connection, long bytes) {}

    /**
     * Ends connections that hold more than {@code cut} bytes, those that hold most first, until there is room. First it
     * counts anew, since an endpoint may have handled meanwhile what was held for it.
     */
    void relieve(EventLoop loop, int cut) {
        relieving = true;
        try {
            List<Holder> holders = new ArrayList<>();
            for (Connection connection : loop.connections().all()) {
                Holdings.account(connection);
                long bytes = Holdings.bytes(connection);
                if (bytes > cut) {
                    holders.add(new Holder(connection, bytes));
                }
            }
            report();
            if (held > all.limit()) {
                holders.sort(Comparator.comparingLong(Holder::bytes).reversed());
                for (int i = 0; i < holders.size() && held > all.goal(); i++) {
                    Holdings.giveUp(holders.get(i).connection(), cut);
                    report();
                }
            }
        } finally {
            enough = Math.max(all.limit(), held + all.limit() / 64);
            relieving = false;
        }
    }
}
