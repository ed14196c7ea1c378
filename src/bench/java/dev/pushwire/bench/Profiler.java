package dev.pushwire.bench;

import dev.pushwire.bench.load.Measurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import one.profiler.AsyncProfilerLoader;
import org.jspecify.annotations.Nullable;

/** Lets async-profiler find out where a JVM's CPU goes while the window is open, and sums it up in a few lines. */
final class Profiler {
    private static final int FRAMES = 12;

    /** The functions of the C library that only enter the kernel, and that a server uses. */
    private static final Set<String> SYSTEM_CALLS = Set.of(
            "read",
            "write",
            "readv",
            "writev",
            "recv",
            "send",
            "recvfrom",
            "sendto",
            "accept",
            "accept4",
            "close",
            "shutdown",
            "socket",
            "epoll_wait",
            "epoll_pwait",
            "epoll_ctl",
            "fcntl",
            "setsockopt",
            "getsockopt",
            "getpeername",
            "getsockname",
            "syscall",
            "madvise",
            "mprotect",
            "munmap",
            "mmap",
            "sched_yield");

    private final long pid;
    private final double seconds;
    private final Path stacks;
    private @Nullable CompletableFuture<Void> running;

    /** @param stacks the file for all stacks, each with its count */
    Profiler(long pid, double seconds, Path stacks) {
        this.pid = pid;
        this.seconds = seconds;
        this.stacks = stacks;
    }

    /** Profiles as long as the window is open. */
    void start() {
        running = CompletableFuture.runAsync(this::profile, Thread::startVirtualThread);
    }

    private void profile() {
        try {
            AsyncProfilerLoader.executeProfiler(
                    "-e",
                    "ctimer", // it works without the kernel's perf events
                    "-d",
                    Long.toString((long) Math.ceil(seconds)),
                    "-o",
                    "collapsed",
                    "-f",
                    stacks.toAbsolutePath().toString(),
                    Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most frequent methods on top of the stacks, and the share of the kernel. */
    String report(Scenario scenario, Measurement measurement) throws IOException {
        if (running == null) {
            return "### " + scenario.title() + "\n\n" + measurement.outcome() + " " + measurement.error() + "\n\n";
        }
        running.join();
        Map<String, Long> leaves = new HashMap<>();
        for (String line : Files.readAllLines(stacks)) {
            int space = line.lastIndexOf(' ');
            String leaf = line.substring(line.lastIndexOf(';', space) + 1, space);
            leaves.merge(leaf, Long.parseLong(line.substring(space + 1)), Long::sum);
        }
        long all = leaves.values().stream().mapToLong(Long::longValue).sum();
        long inKernel = leaves.entrySet().stream()
                .filter(leaf -> isSystemCall(leaf.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        StringBuilder report = new StringBuilder();
        report.append(String.format(
                Locale.ROOT,
                "### %s%n%nSystem calls: %.0f %% of %d samples (CPU time by /proc: %.0f %% in the kernel).%n%n",
                scenario.title(),
                100.0 * inKernel / all,
                all,
                100 * measurement.serverCpu().system() / measurement.serverCpu().total()));
        leaves.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(FRAMES)
                .forEach(leaf -> report.append(String.format(
                        Locale.ROOT, "    %5.1f %%  %s%n", 100.0 * leaf.getValue() / all, leaf.getKey())));
        return report.append(System.lineSeparator()).toString();
    }

    private static boolean isSystemCall(String frame) {
        String name = frame.replaceFirst("^(__GI)?_*(libc_)?", "").replaceFirst("(64)?(_nocancel)?(_adjusted)?$", "");
        return SYSTEM_CALLS.contains(name);
    }
}
