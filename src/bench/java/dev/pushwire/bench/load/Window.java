package dev.pushwire.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The time in which messages count, and the CPU that each process used in it. */
final class Window {
    private final Context context;
    private @Nullable Sample opened;
    private @Nullable Sample closed;
    private long serverRss;

    Window(Context context) {
        this.context = context;
    }

    private record Sample(
            long nanos,
            Measurement.Cpu server,
            Measurement.Cpu redis,
            double client,
            double machine,
            List<Long> loops) {}

    void open() throws IOException {
        System.out.println(LoadClient.MEASURING);
        context.measure(true);
        opened = sample();
    }

    void close() throws IOException {
        closed = sample();
        context.measure(false);
        serverRss = Proc.rss(context.job().serverPid());
    }

    private Sample sample() throws IOException {
        long redis = context.job().redisPid();
        var threads = ManagementFactory.getThreadMXBean();
        return new Sample(
                System.nanoTime(),
                Proc.cpu(context.job().serverPid()),
                redis == 0 ? Measurement.Cpu.NONE : Proc.cpu(redis),
                Proc.cpu(ProcessHandle.current().pid()).total(),
                Proc.machineBusy(),
                context.loops().stream()
                        .map(loop -> threads.getThreadCpuTime(loop.threadId()))
                        .toList());
    }

    /** The result. The loops must have ended, or no longer count. */
    Measurement report() {
        Sample from = Objects.requireNonNull(opened);
        Sample to = Objects.requireNonNull(closed);
        Tally tally = new Tally();
        context.loops().forEach(loop -> tally.add(loop.tally()));
        double seconds = (to.nanos - from.nanos) / 1e9;
        Measurement.Cpu server = to.server.minus(from.server);
        Measurement.Cpu redis = to.redis.minus(from.redis);
        double busiestLoop = IntStream.range(0, to.loops.size())
                        .mapToLong(i -> to.loops.get(i) - from.loops.get(i))
                        .max()
                        .orElse(0)
                / 1e9;
        double others = to.machine - from.machine - (to.client - from.client) - server.total() - redis.total();
        boolean empty = tally.messages() == 0;
        return new Measurement(
                empty ? Measurement.Outcome.VOID : Measurement.Outcome.OK,
                empty ? "nothing came back within the window" : null,
                tally.messages(),
                seconds,
                tally.latency(),
                server,
                redis,
                serverRss,
                busiestLoop / seconds,
                Math.max(0, others / seconds),
                context.extensions(),
                null,
                0);
    }
}
