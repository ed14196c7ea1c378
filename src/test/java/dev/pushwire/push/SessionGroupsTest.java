package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.testing.RecordingGroups;
import dev.pushwire.testing.RecordingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SessionGroupsTest {
    private static final OutboundMessage HELLO = OutboundMessage.text("hello");

    private final AtomicInteger made = new AtomicInteger();
    private final SessionGroups groups = new SessionGroups(listener -> {
        made.incrementAndGet();
        return new RecordingGroups().create(listener);
    });

    @Test
    void aGroupIsMadeForTheFirstAndSharedByTheNext() {
        SessionGroup first = groups.join("a", new RecordingSession());
        SessionGroup second = groups.join("a", new RecordingSession());
        assertThat(second).isSameAs(first);
        assertThat(made).hasValue(1);
        assertThat(groups.size("a")).isEqualTo(2);
    }

    @Test
    void aGroupIsDroppedWithTheLast() {
        RecordingSession one = new RecordingSession();
        RecordingSession other = new RecordingSession();
        groups.join("a", one);
        groups.join("a", other);
        groups.leave("a", one);
        assertThat(groups.sizes()).containsExactly(entry("a", 1));
        groups.leave("a", other);
        assertThat(groups.sizes()).isEmpty();
        groups.join("a", one);
        assertThat(made).hasValue(2);
    }

    @Test
    void aMessageReachesTheSessionsOfItsGroupOnly() {
        RecordingSession inside = new RecordingSession();
        RecordingSession outside = new RecordingSession();
        groups.join("a", inside);
        groups.join("b", outside);
        assertThat(groups.send("a", HELLO)).isEqualTo(1);
        assertThat(inside.texts()).containsExactly("hello");
        assertThat(outside.sent()).isEmpty();
    }

    @Test
    void aMessageToAnAbsentGroupReachesNobodyAndMakesNone() {
        assertThat(groups.send("a", HELLO)).isZero();
        assertThat(groups.size("a")).isZero();
        assertThat(made).hasValue(0);
    }

    @Test
    void joiningTwiceCountsOnceAndOneLeaveEndsIt() {
        RecordingSession session = new RecordingSession();
        groups.join("a", session);
        groups.join("a", session);
        assertThat(groups.send("a", HELLO)).isEqualTo(1);
        assertThat(session.texts()).containsExactly("hello");
        groups.leave("a", session);
        assertThat(groups.sizes()).isEmpty();
    }

    @Test
    void leavingAGroupThatOneIsNotInDoesNothing() {
        RecordingSession member = new RecordingSession();
        groups.join("a", member);
        groups.leave("a", new RecordingSession());
        groups.leave("b", member);
        assertThat(groups.sizes()).containsExactly(entry("a", 1));
    }

    @Test
    void aSessionThatIsClosedMakesNoGroup() {
        RecordingSession closed = new RecordingSession();
        closed.close();
        groups.join("a", closed);
        assertThat(groups.count()).isZero();
    }

    @Test
    void aGroupIsDroppedWithTheConnectionOfTheLast() {
        RecordingSession session = new RecordingSession();
        groups.join("a", session);
        session.disconnect();
        assertThat(groups.count()).isZero();
        assertThat(groups.totalSize()).isZero();
    }

    @Test
    void namesAreSortedInASnapshot() {
        groups.join("b", new RecordingSession());
        groups.join("a", new RecordingSession());
        var before = groups.sizes();
        groups.join("c", new RecordingSession());
        assertThat(before.keySet()).containsExactly("a", "b");
    }

    /**
     * Threads join, send and leave, two to a name, so that groups are made and dropped all the time. Whoever has joined must
     * get each message sent before it leaves, through the map or through the group that it was given: it must never sit
     * in a group that was dropped.
     */
    @Test
    @Timeout(60)
    void whoHasJoinedIsNeverInADroppedGroup() throws Exception {
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<Integer>> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                String name = "group-" + i % 4;
                results.add(pool.submit(() -> {
                    start.await();
                    return missed(name, 20_000);
                }));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get(50, TimeUnit.SECONDS)).isZero();
            }
        }
        assertThat(groups.sizes()).isEmpty();
        assertThat(made).hasValueGreaterThan(4);
    }

    private int missed(String name, int rounds) {
        int missed = 0;
        for (int round = 0; round < rounds; round++) {
            RecordingSession session = new RecordingSession();
            SessionGroup group = groups.join(name, session);
            String own = session.id();
            boolean counted = groups.send(name, OutboundMessage.text(own)) >= 1;
            group.send(OutboundMessage.text(own));
            groups.leave(name, session);
            boolean got = session.texts().stream().filter(own::equals).count() == 2;
            missed += counted && got ? 0 : 1;
        }
        return missed;
    }
}
