package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.MemoryBroker;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.push.Hub;
import dev.pushwire.push.HubLimits;
import dev.pushwire.push.MessageFormat;
import dev.pushwire.push.StartPoint;
import dev.pushwire.push.TestHub;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A publisher that is faster than an event loop waits for it, and no other thread waits for that publisher. */
@Timeout(120)
class PublisherLocksTest {
    private static final TopicName TOPIC = new TopicName("kept.news");
    private static final int SIZE = 60_000;
    private static final int PUBLICATIONS = 50;

    private final EventLoopGroup loops = new EventLoopGroup("node", 1, Duration.ofMillis(50), TestLoop.COMPRESSION);
    private final Sockets sockets = new Sockets(loops);
    private final Hub hub = new Hub(
            new MemoryBroker(topic -> TestHub.RULES.of(topic).retention(), Long.MAX_VALUE, 100, InstantSource.system()),
            TestHub.RULES,
            loops,
            new HubLimits(100, 0, 1_000_000),
            InstantSource.system());
    private final List<Session> subscribers = new CopyOnWriteArrayList<>();
    private final AtomicInteger published = new AtomicInteger();
    private final CountDownLatch unstuck = new CountDownLatch(1);

    private Socket subscriber;

    @BeforeEach
    void oneSubscriberOfAStuckLoop() throws IOException {
        RecordingEndpoint endpoint = new RecordingEndpoint();
        endpoint.onOpen = (session, _) -> subscribers.add(session);
        sockets.limits = TestConnection.limits(10_000_000, 1_000);
        subscriber = sockets.connect(endpoint, Execution.EVENT_LOOP);
        Sockets.until(() -> !subscribers.isEmpty());
        hub.subscribe(TOPIC, new LargeFormat(), subscribers.getFirst(), StartPoint.NOW, _ -> {});
        loops.loops().getFirst().execute(() -> {
            try {
                unstuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @AfterEach
    void everythingIsGivenBack() throws IOException {
        unstuck.countDown();
        sockets.close();
        Sockets.until(() -> sockets.registry.size() == 0);
        loops.close();
    }

    @Test
    void itHoldsNoLockMeanwhile() throws Exception {
        Thread publisher = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < PUBLICATIONS; i++) {
                hub.publish(TOPIC, Payload.text("large"), PublishOptions.NONE);
                published.incrementAndGet();
            }
        });
        Sockets.until(() -> waits(publisher));
        assertThat(published).hasValueLessThan(PUBLICATIONS);
        assertThat(info(publisher).getLockedMonitors()).isEmpty();
        unstuck.countDown();
        assertThat(Sockets.receive(subscriber, PUBLICATIONS)).hasSize(PUBLICATIONS);
        publisher.join();
    }

    /** What it missed is sent under the topic's lock, so that nothing comes in between. */
    @Test
    void neitherDoesASubscriberThatComesBack() throws Exception {
        Thread publisher = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < PUBLICATIONS; i++) {
                hub.publish(TOPIC, Payload.text("large"), PublishOptions.NONE);
            }
        });
        Sockets.until(() -> waits(publisher));
        Position latest = hub.position(TOPIC);
        Position before = latest.at(latest.offset() - 1);
        AtomicBoolean recovered = new AtomicBoolean();
        Thread recovering = Thread.ofPlatform()
                .start(() -> hub.subscribe(
                        TOPIC,
                        new LargeFormat(),
                        subscribers.getFirst(),
                        StartPoint.of(before),
                        start -> recovered.set(start.recovered())));
        Sockets.until(() -> waits(recovering));
        assertThat(info(recovering).getLockedMonitors()).isEmpty();
        assertThat(recovered).isTrue();
        unstuck.countDown();
        recovering.join();
        publisher.join();
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static ThreadInfo info(Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadInfo(new long[] {thread.threadId()}, true, true)[0];
    }

    /** Every publication is a large message. */
    private static final class LargeFormat implements MessageFormat {
        @Override
        public OutboundMessage publication(Publication publication) {
            return OutboundMessage.text("x".repeat(SIZE));
        }

        @Override
        public OutboundMessage resumed(TopicName topic, Position from, boolean complete) {
            return null;
        }
    }
}
