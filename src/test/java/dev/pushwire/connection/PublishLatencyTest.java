package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.OutboundMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PublishLatencyTest {
    private final List<Long> samples = new ArrayList<>();

    @AutoClose
    private final TestLoop loop = new TestLoop();

    @Test
    void theMessageThatHasWaitedLongestIsTheSample() {
        PublishLatency latency = new PublishLatency(0);
        latency.tell(samples::add);
        long now = System.nanoTime();
        latency.handedOver(now - Duration.ofSeconds(1).toNanos());
        latency.handedOver(now - Duration.ofSeconds(5).toNanos());
        latency.handedOver(now - Duration.ofSeconds(2).toNanos());
        latency.flushed(now);
        assertThat(samples).hasSize(1);
        assertThat(samples.getFirst()).isBetween(nanos(5), nanos(30));
    }

    @Test
    void aPassWithoutMessagesIsNoSample() {
        PublishLatency latency = new PublishLatency(0);
        latency.tell(samples::add);
        latency.handedOver(System.nanoTime());
        latency.flushed(1);
        latency.flushed(nanos(60));
        assertThat(samples).hasSize(1);
    }

    @Test
    void thereIsASampleAMillisecondAtMost() {
        PublishLatency latency = new PublishLatency(0);
        latency.tell(samples::add);
        for (int micros = 0; micros < 10_000; micros += 10) {
            latency.handedOver(System.nanoTime());
            latency.flushed(Duration.ofNanos(micros * 1000L).toNanos());
        }
        assertThat(samples).hasSize(10);
    }

    @Test
    void aMessageToAGroupIsTimedFromItsPublisherToTheSockets() {
        loop.loop().publishLatency().tell(samples::add);
        LoopSessionGroup group = new LoopSessionGroup(true, _ -> {});
        TestConnection member = loop.connection().open();
        group.add(member.session());

        long before = System.nanoTime();
        Thread publisher = Thread.ofVirtual().start(() -> group.send(OutboundMessage.text("hello")));
        loop.passUntil(() -> !samples.isEmpty());

        assertThat(publisher).isNotNull();
        member.assertSent("text hello");
        assertThat(samples).hasSize(1);
        assertThat(samples.getFirst()).isBetween(1L, System.nanoTime() - before);
    }

    @Test
    void aMessageToAnEmptyGroupIsNone() {
        loop.loop().publishLatency().tell(samples::add);
        new LoopSessionGroup(true, _ -> {}).send(OutboundMessage.text("hello"));
        loop.settle();
        assertThat(samples).isEmpty();
    }

    private static long nanos(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
