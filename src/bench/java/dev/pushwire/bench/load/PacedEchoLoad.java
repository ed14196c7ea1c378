package dev.pushwire.bench.load;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages are sent evenly at a fixed rate, whether answers come or not. Their latency counts from the time at which
 * they were due. So a server that pauses is charged for every message that had to wait.
 */
final class PacedEchoLoad extends Load {
    /** The limit for one connection. At the rates used here it takes many seconds without answers to reach it. */
    private static final int MOST_UNANSWERED = 1 << 14;

    private static final long HEAD_START = 10_000_000;

    private volatile long begin;
    private volatile long windowBegin;
    private volatile long windowEnd;

    PacedEchoLoad(Context context) {
        super(context, MOST_UNANSWERED);
    }

    @Override
    Measurement run() throws Exception {
        Window window = new Window(context());
        if (openAll() && !isDeclined()) {
            begin = System.nanoTime() + HEAD_START;
            windowBegin = begin + (long) (context().job().warmupSeconds() * 1e9);
            windowEnd = windowBegin + (long) (context().job().seconds() * 1e9);
            List<Pace> paces = context().loops().stream().map(Pace::new).toList();
            Thread pacer = Thread.ofPlatform().daemon().name("pacer").start(() -> keepPace(paces));
            letRun((windowBegin - System.nanoTime()) / 1e9);
            window.open();
            letRun((windowEnd - System.nanoTime()) / 1e9);
            window.close();
            pacer.join();
            drain(connection -> connection.nextNumber() - connection.nextAnswer());
        }
        context().end();
        return report(window);
    }

    /** Wakes each loop when its next message is due: a selector's own timeout is too coarse for that. */
    private void keepPace(List<Pace> paces) {
        TimerSlack.least();
        while (System.nanoTime() < windowEnd && !context().failures().any()) {
            long next = windowEnd;
            for (Pace pace : paces) {
                if (pace.due - System.nanoTime() <= 0) {
                    pace.loop.wakeUp();
                }
                next = Math.min(next, pace.due);
            }
            LockSupport.parkNanos(Math.max(10_000, next - System.nanoTime()));
        }
    }

    @Override
    void received(Connection connection, long first, int count, long now) {
        Tally tally = connection.loop().tally();
        if (context().isMeasuring()) {
            tally.addMessages(count); // messages that the server spent CPU on
        }
        for (long number = first; number < first + count; number++) {
            long dueAt = connection.sendTimes().get(number);
            if (isInWindow(dueAt)) {
                tally.addLatency(now - dueAt, 1);
            }
        }
    }

    private boolean isInWindow(long time) {
        return time >= windowBegin && time < windowEnd;
    }

    /** One loop's share of the messages. */
    private final class Pace {
        private final Loop loop;
        private final List<Connection> mine;
        private final long interval;
        private volatile long due; // written only by the loop's thread
        private int turn;

        Pace(Loop loop) {
            this.loop = loop;
            this.mine = connections().stream()
                    .filter(connection -> connection.loop() == loop)
                    .toList();
            int loops = context().loops().size();
            this.interval = 1_000_000_000L * loops / context().job().shape().perSecond();
            this.due = begin + interval * context().loops().indexOf(loop) / loops;
            loop.eachPass(this::sendWhatIsDue);
        }

        private void sendWhatIsDue() {
            long next = due;
            for (long now = System.nanoTime(); next <= now && next < windowEnd; now = System.nanoTime()) {
                Connection connection = mine.get(turn);
                turn = (turn + 1) % mine.size();
                if (connection.nextNumber() - connection.nextAnswer() >= MOST_UNANSWERED) {
                    context().failures().add("more than " + MOST_UNANSWERED + " messages unanswered on one connection");
                    return;
                }
                connection.send(1, next);
                if (isInWindow(next)) {
                    loop.tally().addLag(now - next);
                }
                next += interval;
            }
            due = next;
        }
    }
}
