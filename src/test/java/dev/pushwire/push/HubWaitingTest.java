package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.MemoryBroker;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.testing.RecordingGroups;
import dev.pushwire.testing.RecordingSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients want the same topic while the broker is slow. */
@Timeout(60)
class HubWaitingTest {
    private static final int CLIENTS = 20;
    private static final TopicName NEWS = new TopicName("news");

    private final CyclicBarrier allThere = new CyclicBarrier(CLIENTS);
    private volatile boolean away;

    /** Answers a subscription once all clients wait for it. */
    private final Broker broker = (Broker) Proxy.newProxyInstance(
            Broker.class.getClassLoader(), new Class<?>[] {Broker.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("subscribe")) {
                    allThere.await(30, TimeUnit.SECONDS);
                    if (away) {
                        throw new BrokerUnavailableException("on purpose");
                    }
                }
                try {
                    return method.invoke(this.memory, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });

    private final MemoryBroker memory =
            new MemoryBroker(topic -> TestHub.RULES.of(topic).retention(), 1000, 100, InstantSource.system());
    private final Hub hub =
            new Hub(broker, TestHub.RULES, new RecordingGroups(), new HubLimits(100, 0, 1000), InstantSource.system());

    private List<Future<?>> prepareAtOnce() {
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                all.add(threads.submit(() -> hub.prepare(NEWS)));
            }
        }
        return all;
    }

    @Test
    void theyWaitAtOnceNotOneAfterTheOther() {
        assertThat(prepareAtOnce()).allMatch(client -> client.state() == Future.State.SUCCESS);
        RecordingSession session = new RecordingSession();
        assertThat(hub.subscribeAtOnce(NEWS, RawFormat.INSTANCE, session)).isNotNull();
    }

    @Test
    void oneWhoWantsManyTopicsWaitsOnce() {
        ClientSession client = new ClientSessions(
                        hub,
                        new Presence(broker, TestHub.RULES),
                        new ClaimsAccess(TestHub.RULES, false),
                        (_, _) -> null,
                        new FakeNewTopics(CLIENTS),
                        new SubscriptionLimits(CLIENTS, 0),
                        _ -> {},
                        ClientListener.NONE)
                .open(new RecordingSession(), RawFormat.INSTANCE);
        List<TopicPattern> topics = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            topics.add(new TopicPattern("news." + i));
        }
        topics.add(new TopicPattern("closed.a"));
        topics.add(new TopicPattern("one.too.many"));
        client.prepare(topics);
        assertThat(hub.heldTopics()).isEqualTo(CLIENTS);
        for (TopicPattern topic : topics.subList(0, CLIENTS)) {
            assertThat(client.subscribe(topic, StartPoint.NOW, null, _ -> {})).isInstanceOf(ClientResult.Done.class);
        }
    }

    /** The slowest of them would hold up all others, and the node's limit would be reached by those that only wait. */
    @Test
    void thoseOfDifferentPatternsWaitAtOnce() {
        List<Future<?>> all = new ArrayList<>();
        RecordingSession session = new RecordingSession();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                TopicPattern pattern = new TopicPattern("news." + i + ".*");
                all.add(threads.submit(() -> {
                    hub.subscribe(pattern, RawFormat.INSTANCE, session, () -> {});
                    return null;
                }));
            }
        }
        assertThat(all).allMatch(client -> client.state() == Future.State.SUCCESS);
        assertThat(hub.activePatterns()).isEqualTo(CLIENTS);
    }

    @Test
    void thoseOfOnePatternWaitAtOnceAndAreAllSubscribed() {
        List<RecordingSession> sessions = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                RecordingSession session = new RecordingSession();
                sessions.add(session);
                threads.submit(() -> {
                    hub.subscribe(new TopicPattern("*"), RawFormat.INSTANCE, session, () -> {});
                    return null;
                });
            }
        }
        hub.publish(NEWS, Payload.text("hello"), PublishOptions.NONE);
        assertThat(sessions).allSatisfy(each -> assertThat(each.texts()).containsExactly("hello"));
        assertThat(hub.activePatterns()).isOne();
    }

    @Test
    void patternsThatWaitCount() {
        Hub small = new Hub(
                broker,
                TestHub.RULES,
                new RecordingGroups(),
                new HubLimits(100, CLIENTS, 1000),
                InstantSource.system());
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS + 5; i++) { // the barrier opens for as many as may wait
                TopicPattern pattern = new TopicPattern("news." + i + ".*");
                all.add(threads.submit(() -> {
                    small.subscribe(pattern, RawFormat.INSTANCE, new RecordingSession(), () -> {});
                    return null;
                }));
            }
        }
        assertThat(all)
                .filteredOn(client -> client.state() == Future.State.FAILED)
                .hasSize(5)
                .allMatch(client -> client.exceptionNow() instanceof TooManyPatternsException);
        assertThat(small.activePatterns()).isEqualTo(CLIENTS);
    }

    @Test
    void theyShareAFailureAndMayTryAgain() {
        away = true;
        for (Future<?> client : prepareAtOnce()) {
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(client::get)
                    .withCauseInstanceOf(BrokerUnavailableException.class);
        }
        assertThat(hub.subscribeAtOnce(NEWS, RawFormat.INSTANCE, new RecordingSession()))
                .isNull();
        away = false;
        assertThat(prepareAtOnce()).allMatch(client -> client.state() == Future.State.SUCCESS);
    }
}
