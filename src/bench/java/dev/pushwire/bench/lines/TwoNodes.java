package dev.pushwire.bench.lines;

import dev.pushwire.bench.load.Proc;
import dev.pushwire.bench.ways.Inbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Measures what a publication costs that is made on one node and delivered on another. Both sides use {@code /push}.
 */
public final class TwoNodes implements AutoCloseable {
    private static final int TOPICS = 64; // with a publisher and a subscriber each
    private static final int WARM_SECONDS = 60;
    private static final int SECONDS = 20;
    private static final double KEPT_UP = 0.99;
    private static final int UNANSWERED = 500; // at most, however late the publisher is
    private static final int LATE_SECONDS = 30; // after this, late messages count as lost
    private static final String PATH = "/push";
    private static final String REST = "x".repeat(120); // 128 B together with the number before it

    private final Lines lines = new Lines();
    private final LongAdder delivered = new LongAdder();
    private final List<Line> publishers = new ArrayList<>();
    private int subscribed;
    private long published;
    private long answered;

    /** The processes that are measured. */
    public record Pids(long publishing, long delivering, long redis) {}

    /** CPU in µs for each publication. */
    public record Result(int perSecond, double publishing, double delivering, double redis) {}

    private TwoNodes(int publishingPort, int deliveringPort) throws IOException {
        for (int topic = 0; topic < TOPICS; topic++) {
            publishers.add(lines.open(publishingPort, PATH, this::answered));
            Inbox inbox = new Inbox(delivered);
            Line subscriber = lines.open(deliveringPort, PATH, text -> received(text, inbox));
            subscriber.send("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"bench-" + topic + "\"}");
        }
    }

    /** Measures two new nodes. Each publication must arrive once, and in the order of its topic. */
    public static Result of(Pids pids, int publishingPort, int deliveringPort, int perSecond) throws IOException {
        try (TwoNodes nodes = new TwoNodes(publishingPort, deliveringPort)) {
            nodes.until(() -> nodes.subscribed == TOPICS, "subscriptions");
            nodes.publish(perSecond, WARM_SECONDS);
            Cpu before = Cpu.of(pids);
            long count = nodes.publish(perSecond, SECONDS);
            Cpu after = Cpu.of(pids);
            if (count < KEPT_UP * perSecond * SECONDS) {
                throw new IOException(
                        "Of " + perSecond + " publications a second only " + count / SECONDS + " were taken");
            }
            nodes.until(() -> nodes.delivered.sum() == nodes.published, "deliveries");
            nodes.publish(0, 1); // while this is published, no earlier one may come twice
            return after.since(before, perSecond, count);
        }
    }

    private void received(String text, Inbox inbox) {
        if (text.contains("\"type\":\"subscribed\"")) {
            subscribed++;
        }
        inbox.receivedAll(text, "\"data\":\"");
    }

    private void answered(String text) {
        for (String line : text.split("\n")) {
            if (!line.startsWith("{\"type\":\"published\"")) {
                throw new IllegalStateException("A publication was answered " + line);
            }
            answered++;
        }
    }

    /**
     * Publishes at the rate, to each topic in turn. Returns how many publications were made: fewer if the node does not
     * keep up.
     */
    private long publish(int perSecond, int seconds) throws IOException {
        long before = published;
        long start = System.nanoTime();
        for (double time = 0; time < seconds; time = (System.nanoTime() - start) / 1e9) {
            while (published - before < (long) (time * perSecond) && published - answered < UNANSWERED) {
                int topic = (int) (published % TOPICS);
                publishers
                        .get(topic)
                        .send("{\"type\":\"publish\",\"id\":" + published + ",\"topic\":\"bench-" + topic
                                + "\",\"data\":\"" + Inbox.message(published / TOPICS, REST) + "\"}");
                published++;
            }
            lines.select(1);
        }
        return published - before;
    }

    private void until(BooleanSupplier done, String what) throws IOException {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            lines.select(1);
            if (System.nanoTime() - start > LATE_SECONDS * 1_000_000_000L) {
                throw new IOException("Not all " + what + " came: " + delivered + " of " + published + " publications");
            }
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private record Cpu(double publishing, double delivering, double redis) {
        static Cpu of(Pids pids) throws IOException {
            return new Cpu(
                    Proc.cpu(pids.publishing()).total(),
                    Proc.cpu(pids.delivering()).total(),
                    Proc.cpu(pids.redis()).total());
        }

        Result since(Cpu before, int perSecond, long count) {
            double each = 1e6 / count;
            return new Result(
                    perSecond,
                    (publishing - before.publishing) * each,
                    (delivering - before.delivering) * each,
                    (redis - before.redis) * each);
        }
    }
}
