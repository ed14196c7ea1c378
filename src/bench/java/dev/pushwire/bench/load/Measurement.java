package dev.pushwire.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * What one run gave.
 *
 * @param outcome whether the other figures count
 * @param error the first of the errors; null when there was none
 * @param messages that came back whole and right within the window; for a broadcast, deliveries
 * @param seconds the window's length
 * @param latency from the time a message was to be sent until it came back
 * @param serverCpu of the server's process in the window
 * @param redisCpu of the Redis behind it; nothing where there is none
 * @param serverRss bytes of the server's memory in RAM at the window's end
 * @param clientBusy how much of its time the busiest of the client's threads was running; near 1, the client was the limit
 * @param othersBusy processors that something else on this machine kept busy meanwhile
 * @param extensions what the server answered to the offer of permessage-deflate; null without one
 * @param idle for idle connections alone
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
        /** The server wants no compression: there is nothing to compare. */
        NOT_NEGOTIATED,
        /** Something came back wrong, late beyond patience, or not at all. */
        VOID
    }

    /**
     * In microseconds.
     *
     * @param sendLag the client's own part of the 99th percentile: how late messages were sent; 0 in a closed loop
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
     * @param heap that is live; null where the server cannot tell
     * @param rss after a full collection
     */
    public record Idle(@Nullable Double heap, double rss) {}

    /** How many microseconds of the server's CPU a message took. */
    public double cpuPerMessage() {
        return serverCpu.total() * 1e6 / messages;
    }

    /** And of the CPU of the Redis behind it. */
    public double redisCpuPerMessage() {
        return redisCpu.total() * 1e6 / messages;
    }

    /** Messages a second. */
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
