package dev.pushwire.metrics;

import dev.pushwire.connection.EventLoop;
import dev.pushwire.connection.LoopStatistics;
import dev.pushwire.connection.TrafficCounters;
import dev.pushwire.protocol.Opcode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Meters of what the event loops count, added up when they are read. Reading looks at no connection. */
final class LoopMeters implements MeterBinder {
    private final List<EventLoop> loops;

    LoopMeters(List<EventLoop> loops) {
        this.loops = loops;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Opcode opcode : Opcode.values()) {
            String tag = opcode.name().toLowerCase(Locale.ROOT);
            sum(registry, WebSocketMeter.FRAMES_RECEIVED, counters -> counters.framesReceived(opcode), tag);
            sum(registry, WebSocketMeter.FRAMES_SENT, counters -> counters.framesSent(opcode), tag);
        }
        sum(registry, WebSocketMeter.INFLATE_BYTES, TrafficCounters::bytesBeforeInflating, "before");
        sum(registry, WebSocketMeter.INFLATE_BYTES, TrafficCounters::bytesAfterInflating, "after");
        sum(registry, WebSocketMeter.DEFLATE_BYTES, TrafficCounters::bytesBeforeDeflating, "before");
        sum(registry, WebSocketMeter.DEFLATE_BYTES, TrafficCounters::bytesAfterDeflating, "after");
        sum(registry, WebSocketMeter.MESSAGES_SHED, TrafficCounters::dropped, "dropped");
        sum(registry, WebSocketMeter.MESSAGES_SHED, TrafficCounters::conflated, "conflated");

        gauge(registry, WebSocketMeter.OUTBOX, loops, LoopMeters::outboxBytes);
        gauge(registry, WebSocketMeter.OUTBOX_FULLEST, loops, LoopMeters::fullestOutboxBytes);
        for (EventLoop loop : loops) {
            String index = Integer.toString(loop.index());
            gauge(registry, WebSocketMeter.LOOP_BUSY, loop, LoopMeters::busyRatio, index);
            gauge(registry, WebSocketMeter.LOOP_INFLOW, loop, EventLoop::inflowBytes, index);
            WebSocketMeter longest = WebSocketMeter.LOOP_PASS_MAX;
            TimeGauge.builder(longest.meterName(), loop, TimeUnit.NANOSECONDS, LoopMeters::longestPass)
                    .description(longest.description())
                    .tags(longest.tags(index))
                    .register(registry);
        }
    }

    /** Registers the meters of one transport. */
    void bindTo(MeterRegistry registry, String transport) {
        carried(registry, WebSocketMeter.MESSAGES_RECEIVED, TrafficCounters::messagesReceived, transport);
        carried(registry, WebSocketMeter.MESSAGES_SENT, TrafficCounters::messagesSent, transport);
        carried(registry, WebSocketMeter.BYTES_RECEIVED, TrafficCounters::bytesReceived, transport);
        carried(registry, WebSocketMeter.BYTES_SENT, TrafficCounters::bytesSent, transport);
    }

    private void carried(
            MeterRegistry registry, WebSocketMeter meter, ToLongFunction<TrafficCounters> count, String transport) {
        counter(registry, meter, loop -> count.applyAsLong(loop.traffic().of(transport)), transport);
    }

    private void sum(
            MeterRegistry registry, WebSocketMeter meter, ToLongFunction<TrafficCounters> count, String... tagValues) {
        counter(registry, meter, loop -> loop.traffic().sum(count), tagValues);
    }

    private void counter(
            MeterRegistry registry, WebSocketMeter meter, ToLongFunction<EventLoop> count, String... tagValues) {
        FunctionCounter.builder(
                        meter.meterName(),
                        loops,
                        all -> all.stream().mapToLong(count).sum())
                .description(meter.description())
                .tags(meter.tags(tagValues))
                .register(registry);
    }

    private static <T> void gauge(
            MeterRegistry registry, WebSocketMeter meter, T of, ToDoubleFunction<T> value, String... tagValues) {
        Gauge.builder(meter.meterName(), of, value)
                .description(meter.description())
                .baseUnit(meter.unit().isEmpty() ? null : meter.unit())
                .tags(meter.tags(tagValues))
                .register(registry);
    }

    private static double outboxBytes(List<EventLoop> loops) {
        return loops.stream()
                .map(EventLoop::statistics)
                .mapToLong(LoopStatistics::outboxBytes)
                .sum();
    }

    private static double fullestOutboxBytes(List<EventLoop> loops) {
        return loops.stream()
                .map(EventLoop::statistics)
                .mapToLong(LoopStatistics::fullestOutboxBytes)
                .max()
                .orElse(0);
    }

    private static double busyRatio(EventLoop loop) {
        return loop.statistics().busyRatio(System.nanoTime());
    }

    private static double longestPass(EventLoop loop) {
        return loop.statistics().longestPass(System.nanoTime());
    }
}
