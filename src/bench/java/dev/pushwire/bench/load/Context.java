package dev.pushwire.bench.load;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The state that all parts of one run share. */
final class Context {
    private final Job job;
    private final Messages messages;
    private final Handshake handshake;
    private final Failures failures;
    private final List<Loop> loops;
    private volatile boolean measuring;
    private volatile @Nullable String extensions;

    Context(Job job, Failures failures) {
        Shape shape = job.shape();
        this.job = job;
        this.messages = messages(shape);
        this.handshake = new Handshake(job);
        this.failures = failures;
        // So many that half of the machine is left to the server
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.loops =
                IntStream.range(0, threads).mapToObj(i -> new Loop(this, i)).toList();
        loops.forEach(Thread::start);
    }

    private static Messages messages(Shape shape) {
        if (shape.isEnveloped()) {
            return Messages.enveloped(shape.size());
        }
        return shape.deflate() ? Messages.compressed(shape.size()) : Messages.plain(shape.size(), shape.binary());
    }

    Job job() {
        return job;
    }

    Messages messages() {
        return messages;
    }

    Handshake handshake() {
        return handshake;
    }

    Failures failures() {
        return failures;
    }

    List<Loop> loops() {
        return loops;
    }

    /** Whether messages that come back now count. */
    boolean isMeasuring() {
        return measuring;
    }

    void measure(boolean now) {
        measuring = now;
    }

    /** The server's answer to the offer of permessage-deflate; null if it declined. */
    @Nullable
    String extensions() {
        return extensions;
    }

    /**
     * Notes the extensions that a server accepted.
     *
     * @return null without compression
     */
    @Nullable
    Inflation agree(@Nullable String accepted, Loop loop) {
        if (accepted == null) {
            return null;
        }
        if (!job.shape().deflate() || !accepted.startsWith("permessage-deflate")) {
            throw new WrongAnswerException("an extension that nobody offered: " + accepted);
        }
        extensions = accepted;
        return new Inflation(!accepted.contains("server_no_context_takeover"), loop.inflation());
    }

    /** Ends the threads, and returns when they have ended. */
    void end() throws InterruptedException {
        for (Loop loop : loops) {
            loop.end();
            loop.join();
        }
    }
}
