package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import dev.pushwire.testing.RecordingSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecoveryTest {
    private static final TopicName NEWS = new TopicName("kept.news");

    private final TestHub hub = new TestHub();
    private final RecordingSession session = new RecordingSession();

    private Position publish(int count) {
        Position last = null;
        for (int i = 0; i < count; i++) {
            last = hub.publish(NEWS, Long.toString(hub.hub().publications() + 1));
        }
        return last;
    }

    private static List<String> texts(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void whoComesBackGetsWhatItMissedAndThenWhatComes() {
        Position last = publish(5);
        assertThat(hub.recover(NEWS, session, last.at(2))).isEqualTo(new SubscriptionStart(last.at(2), true));
        publish(1);
        assertThat(session.texts()).isEqualTo(texts(3, 6));
    }

    @Test
    void whoMissedNothingCostsNoLookAtTheHistory() {
        Position last = publish(5);
        assertThat(hub.recover(NEWS, session, last)).isEqualTo(new SubscriptionStart(last, true));
        publish(1);
        assertThat(session.texts()).isEqualTo(texts(6, 6));
        assertThat(hub.broker().reads()).isZero();
    }

    @Test
    void whoMissedMoreThanTheHistoryHasIsTold() {
        Position last = publish(TestHub.HISTORY_SIZE + 2);
        assertThat(hub.recover(NEWS, session, last.at(1))).isEqualTo(new SubscriptionStart(last, false));
        publish(1);
        assertThat(session.texts()).isEqualTo(texts(103, 103));
        RecordingSession other = new RecordingSession();
        assertThat(hub.recover(NEWS, other, last.at(3)).recovered()).isTrue();
        assertThat(other.texts()).isEqualTo(texts(4, 103));
    }

    @Test
    void whoComesFromAnotherEpochOrTheFutureIsTold() {
        Position last = publish(2);
        assertThat(hub.recover(NEWS, session, new Position("other", 1))).isEqualTo(new SubscriptionStart(last, false));
        assertThat(hub.recover(NEWS, new RecordingSession(), last.at(3))).isEqualTo(new SubscriptionStart(last, false));
    }

    private SubscriptionStart newest(int count, RecordingSession to) {
        return hub.begin(NEWS, to, new StartPoint(null, count));
    }

    @Test
    void whoWantsTheNewestGetsSoMany() {
        Position last = publish(5);
        assertThat(newest(2, session)).isEqualTo(new SubscriptionStart(last.at(3), true));
        publish(1);
        assertThat(session.texts()).isEqualTo(texts(4, 6));
        RecordingSession other = new RecordingSession();
        assertThat(newest(1, other)).isEqualTo(new SubscriptionStart(last.at(5), true));
        assertThat(other.texts()).isEqualTo(texts(6, 6));
        assertThat(hub.broker().reads()).isOne();
    }

    @Test
    void whoWantsMoreThanThereAreGetsAll() {
        Position last = publish(3);
        assertThat(newest(10, session)).isEqualTo(new SubscriptionStart(last.at(0), true));
        assertThat(session.texts()).isEqualTo(texts(1, 3));
        publish(TestHub.HISTORY_SIZE + 7);
        RecordingSession other = new RecordingSession();
        assertThat(newest(StartPoint.MOST, other)).isEqualTo(new SubscriptionStart(last.at(10), true));
        assertThat(other.texts()).isEqualTo(texts(11, TestHub.HISTORY_SIZE + 10));
    }

    @Test
    void whoWantsTheNewestOfWhatIsOverGetsWhatComes() {
        Position last = publish(3);
        hub.clock().pass(Duration.ofMinutes(2));
        assertThat(newest(2, session)).isEqualTo(new SubscriptionStart(last, true));
        publish(1);
        assertThat(session.texts()).isEqualTo(texts(4, 4));
    }

    @Test
    void whoWantsTheNewestWhereNothingIsKeptGetsWhatComes() {
        TopicName plain = new TopicName("plain");
        Position last = hub.publish(plain, "a");
        assertThat(hub.begin(plain, session, new StartPoint(null, 3))).isEqualTo(new SubscriptionStart(last, true));
        hub.publish(plain, "b");
        assertThat(session.texts()).containsExactly("b");
    }

    @Test
    void whoCannotHaveAllThatItMissedMayWantTheNewest() {
        Position last = publish(5);
        StartPoint lost = new StartPoint(new Position("other", 1), 2);
        assertThat(hub.begin(NEWS, session, lost)).isEqualTo(new SubscriptionStart(last.at(3), false));
        assertThat(session.texts()).isEqualTo(texts(4, 5));
        RecordingSession other = new RecordingSession();
        StartPoint found = new StartPoint(last.at(1), 2);
        assertThat(hub.begin(NEWS, other, found)).isEqualTo(new SubscriptionStart(last.at(1), true));
        assertThat(other.texts()).isEqualTo(texts(2, 5));
    }

    /** The first client causes the history to be read, and many later ones need no further reading. */
    @Test
    void manyWhoWantTheNewestShareOneLook() {
        publish(50);
        for (int i = 0; i < 20; i++) {
            RecordingSession each = new RecordingSession();
            newest(10, each);
            assertThat(each.texts()).isEqualTo(texts(41, 50));
        }
        assertThat(hub.broker().reads()).isOne();
    }

    /** Another node had told it already what this one is about to be told. */
    @Test
    void whoIsAheadOfThisNodeRecovers() throws Exception {
        Position last = publish(2);
        hub.subscribe(NEWS, new RecordingSession());
        hub.broker().holdBack();
        publish(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SubscriptionStart> start = threads.submit(() -> hub.recover(NEWS, session, last.at(3)));
            await().until(() -> hub.broker().reads() > 0); // it has waited for a moment in vain, and asked
            assertThat(start).isNotDone();
            hub.broker().letGo();
            assertThat(start.get()).isEqualTo(new SubscriptionStart(last.at(3), true));
        }
        publish(1);
        assertThat(session.texts()).isEqualTo(texts(4, 4));
    }

    @Test
    void aTopicWithoutHistoryRecoversWhoMissedNothing() {
        TopicName plain = new TopicName("plain");
        Position first = hub.publish(plain, "a");
        assertThat(hub.recover(plain, session, first)).isEqualTo(new SubscriptionStart(first, true));
        assertThat(hub.recover(plain, new RecordingSession(), first.at(0)))
                .isEqualTo(new SubscriptionStart(first, false));
        assertThat(hub.broker().reads()).isZero();
    }

    @Test
    void manyWhoComeBackShareTwoLooksAtTheHistoryAndOneEncoding() {
        Position last = publish(90);
        List<RecordingSession> sessions = new ArrayList<>();
        for (int missed = 1; missed <= 90; missed++) {
            RecordingSession each = new RecordingSession();
            sessions.add(each);
            assertThat(hub.recover(NEWS, each, last.at(90 - missed)).recovered())
                    .isTrue();
            publish(missed % 10 == 0 ? 1 : 0);
        }
        for (int missed = 1; missed <= 90; missed++) {
            assertThat(sessions.get(missed - 1).texts())
                    .startsWith(texts(91 - missed, 99).toArray(String[]::new));
        }
        assertThat(hub.broker().reads()).isEqualTo(2);
        assertThat(sessions.get(80).sent().get(80))
                .isSameAs(sessions.get(85).sent().get(85));
    }

    /** More is published while the history is read than the tail holds: what was read does not join what is there. */
    @Test
    void aHistoryThatIsOldWhenItArrivesTellsNobodyAnythingWrong() {
        Position last = publish(50);
        hub.broker().afterReading(() -> {
            hub.broker().afterReading(() -> {});
            publish(TestHub.HISTORY_SIZE + 30);
        });
        assertThat(hub.recover(NEWS, session, last.at(40))).isEqualTo(new SubscriptionStart(last.at(180), false));
        for (int offset = 41; offset < 80; offset++) {
            assertThat(hub.recover(NEWS, new RecordingSession(), last.at(offset))
                            .recovered())
                    .isFalse();
        }
        RecordingSession other = new RecordingSession();
        assertThat(hub.recover(NEWS, other, last.at(100)).recovered()).isTrue();
        publish(1);
        assertThat(session.texts()).isEqualTo(texts(181, 181));
        assertThat(other.texts()).isEqualTo(texts(101, 181));
    }

    /** Somebody who came back before has had the publications read: that does not keep them. */
    @Test
    void nobodyIsGivenWhatIsPastItsTime() {
        Position last = publish(5);
        hub.recover(NEWS, new RecordingSession(), last.at(2));
        hub.clock().pass(Duration.ofMinutes(1));
        assertThat(hub.recover(NEWS, session, last.at(2))).isEqualTo(new SubscriptionStart(last, false));
        assertThat(session.sent()).isEmpty();
    }

    @Test
    void whatIsKeptEncodedIsBounded() {
        TopicName other = new TopicName("kept.other");
        String large = "x".repeat(1000);
        Position news = null;
        Position others = null;
        for (int i = 0; i < TestHub.HISTORY_SIZE / 2; i++) {
            news = hub.publish(NEWS, large);
            others = hub.publish(other, large);
        }
        for (int i = 0; i < 20; i++) {
            RecordingSession one = new RecordingSession();
            RecordingSession two = new RecordingSession();
            assertThat(hub.recover(NEWS, one, news.at(0)).recovered()).isTrue();
            assertThat(hub.recover(other, two, others.at(0)).recovered()).isTrue();
            assertThat(one.texts()).hasSize(TestHub.HISTORY_SIZE / 2);
            assertThat(two.texts()).hasSize(TestHub.HISTORY_SIZE / 2);
            assertThat(hub.hub().replayCacheMemory()).isBetween(1L, (long) TestHub.TAIL_MEMORY);
        }
        hub.hub().tidyUp(System.nanoTime() + 1);
        assertThat(hub.hub().replayCacheMemory()).isZero();
    }

    /** Sessions are cut and come back all the time, while several publish. */
    @Test
    @Timeout(60)
    void nothingIsMissedOrDoubledWhileOthersPublish() throws Exception {
        int count = 4000;
        Position start = hub.hub().position(NEWS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(threads.submit(() -> receiveAll(start, count)));
            }
            for (int i = 1; i <= count; i++) {
                hub.publish(NEWS, Integer.toString(i));
                if (i % 20 == 0) {
                    Thread.yield();
                }
            }
            for (Future<List<String>> client : clients) {
                assertThat(client.get()).isEqualTo(texts(1, count));
            }
        }
    }

    /** Each raw message moves the position by one. */
    private List<String> receiveAll(Position start, int count) {
        List<String> all = new ArrayList<>();
        while (all.size() < count) {
            RecordingSession cut = new RecordingSession();
            SubscriptionStart begin = hub.recover(NEWS, cut, start.at(all.size()));
            if (!begin.recovered()) { // the history is short: told, so what it missed is known
                texts(all.size() + 1, (int) begin.position().offset()).forEach(all::add);
            }
            int most = ThreadLocalRandom.current().nextInt(1, 60);
            int seen = 0;
            while (seen < most && all.size() + cut.texts().size() < count) {
                seen++;
                Thread.yield();
            }
            cut.close();
            hub.unsubscribe(NEWS, cut);
            all.addAll(cut.texts());
        }
        return all;
    }
}
