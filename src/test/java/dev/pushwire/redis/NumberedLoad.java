package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes the numbers from 1 on, through several nodes in turn, each until it is acknowledged. */
final class NumberedLoad {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final int count;
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    NumberedLoad(TopicName topic, int count, List<? extends Broker> nodes) {
        this.count = count;
        Thread.ofVirtual().start(() -> {
            try {
                for (int i = 1; i <= count; i++) {
                    publish(nodes.get(i % nodes.size()), topic, Integer.toString(i));
                    acknowledged.set(i);
                }
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
    }

    static void publish(Broker by, TopicName topic, String text) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    try {
                        by.publish(topic, Payload.text(text), new PublishOptions("key-" + text, null));
                        return true;
                    } catch (BrokerUnavailableException e) {
                        return false;
                    }
                });
    }

    void awaitAcknowledged(int number) {
        await().atMost(PATIENCE).until(() -> acknowledged.get() >= number || done.isCompletedExceptionally());
    }

    /** Waits until all is acknowledged and the last one has come. */
    void awaitEnd(List<RecordingSubscriber> subscribers) {
        await().atMost(PATIENCE).until(done::isDone);
        done.join();
        for (RecordingSubscriber each : subscribers) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(each.publications().getLast().payload())
                                    .isEqualTo(Payload.text(Integer.toString(count))));
        }
    }

    /**
     * Asserts that a subscriber has everything once and in order, but where it was told that something may be missing.
     *
     * @return how often it was told so
     */
    int assertOnceInOrderOrTold(RecordingSubscriber subscriber) {
        int told = 0;
        int next = 1;
        for (String line : subscriber.told()) {
            if (line.endsWith(" incomplete")) {
                told++;
                next = 0;
            } else if (!line.contains(" resumed from ")) {
                int number = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
                if (next > 0) {
                    assertThat(number)
                            .as("after %d, in %s", next - 1, subscriber.told())
                            .isEqualTo(next);
                }
                next = number + 1;
            }
        }
        assertThat(next).isEqualTo(count + 1);
        return told;
    }
}
