package dev.pushwire.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * The result of one run.
 *
 * @param outcome whether the other figures count
 * @param error the first error; null if there was none
 * @param messages that came back whole and right within the window; for a broadcast, deliveries
 * @param seconds the window's length
 * @param latency the time from when a message was due until it came back
 * @param serverCpu the CPU of the server's process in the window
 * @param redisCpu the CPU of its Redis; zero if there is none
 * @param serverRss bytes of the server's memory in RAM at the window's end
 * @param clientBusy the share of its time for which the busiest thread of the client was running; near 1, the client
 *     was the limit
 * @param othersBusy how many processors other programs kept busy meanwhile
 * @param extensions the server's answer to the offer of permessage-deflate; null if there is none
 * @param idle only for idle connections
 * @param stuckDropped how many consumers that do not read the server gave up
 */
public record Measurement(
        Outcome outcome,
        @Nullable String error,
        long messages,
        double seconds,
        Latency latency,
        Cpu serverCpu,
        Cpu redisCpu,
        long serverRss,
        double clientBusy,
        double othersBusy,
        @Nullable String extensions,
        @Nullable Idle idle,
        int stuckDropped) {

    /** Whether a run counts. */
    public enum Outcome {
        OK,
        /** The server declined compression, so there is nothing to compare. */
        NOT_NEGOTIATED,
        /** A message came back wrong, too late, or not at all. */
        VOID
    }

    /**
     * In microseconds.
     *
     * @param sendLag the client's own part of the 99th percentile, since messages were sent late; 0 in a closed loop
     */
    public record Latency(double p50, double p99, double p999, double max, double sendLag) {
        static final Latency NONE = new Latency(0, 0, 0, 0, 0);
    }

    /** In seconds. */
    public record Cpu(double user, double system) {
        static final Cpu NONE = new Cpu(0, 0);

        public double total() {
            return user + system;
        }

        Cpu minus(Cpu other) {
            return new Cpu(user - other.user, system - other.system);
        }
    }

    /**
     * In bytes for each connection.
     *
     * @param heap live bytes; null if the server cannot tell
     * @param rss bytes in RAM after a full collection
     */
    public record Idle(@Nullable Double heap, double rss) {}

    /** How many microseconds of the server's CPU a message took. */
    public double cpuPerMessage() {
        return serverCpu.total() * 1e6 / messages;
    }

    /** How many microseconds of the CPU of its Redis a message took. */
    public double redisCpuPerMessage() {
        return redisCpu.total() * 1e6 / messages;
    }

    /** Messages per second. */
    public double perSecond() {
        return messages / seconds;
    }

    /** A run without figures. */
    public static Measurement failed(Outcome outcome, @Nullable String error) {
        return new Measurement(outcome, error, 0, 0, Latency.NONE, Cpu.NONE, Cpu.NONE, 0, 0, 0, null, null, 0);
    }

    Measurement withIdle(@Nullable Idle memory) {
        return with(memory, stuckDropped);
    }

    Measurement withStuckDropped(int count) {
        return with(idle, count);
    }

    private Measurement with(@Nullable Idle memory, int dropped) {
        return new Measurement(
                outcome,
                error,
                messages,
                seconds,
                latency,
                serverCpu,
                redisCpu,
                serverRss,
                clientBusy,
                othersBusy,
                extensions,
                memory,
                dropped);
    }
}
