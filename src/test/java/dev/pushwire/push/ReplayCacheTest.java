package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplayCacheTest {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final long NOW = 1_000;

    private final ReplayCache replayCache = new ReplayCache(new Retention(10, TTL), OverflowPolicy.CLOSE);

    private static Publication publication(long offset) {
        return new Publication(
                new TopicName("news"), new Position("e", offset), Payload.text("" + offset), null, Instant.EPOCH);
    }

    private static List<Publication> publications(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(ReplayCacheTest::publication)
                .toList();
    }

    private void publish(long from, long to) {
        publications(from, to).forEach(each -> replayCache.add(new EncodedPublication(each, OverflowPolicy.CLOSE)));
    }

    private List<Long> behind(long offset, int limit) {
        List<EncodedPublication> found = replayCache.behind(offset, limit, 0, NOW);
        return found == null
                ? null
                : found.stream().map(EncodedPublication::offset).toList();
    }

    @Test
    void holdsNothingUntilItIsAskedTo() {
        publish(1, 3);
        assertThat(behind(1, 10)).isNull();
    }

    @Test
    void reachesBackToWhereItBegan() {
        replayCache.keepFrom(3);
        publish(4, 6);
        assertThat(behind(3, 10)).containsExactly(4L, 5L, 6L);
        assertThat(behind(5, 10)).containsExactly(6L);
        assertThat(behind(6, 10)).isEmpty();
        assertThat(behind(3, 2)).containsExactly(4L, 5L);
        assertThat(behind(2, 10)).isNull();
        assertThat(behind(7, 10)).isNull();
    }

    /** What was read may reach into what has come since. */
    @Test
    void whatIsReadFromTheHistoryGoesBefore() {
        replayCache.keepFrom(3);
        publish(4, 5);
        replayCache.prepend(publications(2, 4), false);
        assertThat(behind(1, 10)).containsExactly(2L, 3L, 4L, 5L);
        assertThat(behind(0, 10)).isNull();
        assertThat(replayCache.isWhole()).isFalse();
        replayCache.prepend(publications(1, 5), true);
        assertThat(behind(0, 10)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(replayCache.isWhole()).isTrue();
        assertThat(replayCache.reads()).isEqualTo(2);
    }

    @Test
    void isNoLongerThanTheHistory() {
        replayCache.keepFrom(0);
        publish(1, 1000);
        assertThat(behind(990, 100)).hasSize(10).startsWith(991L).endsWith(1000L);
        assertThat(behind(989, 100)).isNull();
    }

    /** So much has come since it was read that what it ends with is no longer here. */
    @Test
    void whatIsReadTooEarlyIsOfNoUse() {
        replayCache.keepFrom(3);
        publish(4, 20);
        replayCache.prepend(publications(1, 3), true);
        assertThat(behind(15, 10)).containsExactly(16L, 17L, 18L, 19L, 20L);
        assertThat(behind(9, 10)).isNull();
        assertThat(behind(2, 10)).isNull();
        assertThat(replayCache.isWhole()).as("all that the history has").isFalse();
    }

    @Test
    void isNoLongerThanTheHistoryAfterReadingItEither() {
        replayCache.keepFrom(10);
        publish(11, 15);
        replayCache.prepend(publications(1, 10), true);
        assertThat(behind(4, 10)).isNull();
        assertThat(behind(5, 10)).hasSize(10).startsWith(6L).endsWith(15L);
    }

    @Test
    void keepsNothingLongerThanTheHistory() {
        replayCache.keepFrom(0);
        publish(1, 3);
        assertThat(replayCache.behind(0, 10, 0, TTL.toMillis() - 1)).hasSize(3);
        assertThat(replayCache.bytes()).isPositive();
        assertThat(replayCache.behind(0, 10, 0, TTL.toMillis())).isNull();
        assertThat(replayCache.behind(3, 10, 0, TTL.toMillis())).isEmpty();
        assertThat(replayCache.bytes()).isZero();
        publish(4, 5);
        replayCache.tidyUp(0, TTL.toMillis());
        assertThat(replayCache.bytes()).isZero();
    }

    @Test
    void knowsWhatItTakes() {
        replayCache.keepFrom(20);
        publish(21, 25);
        long five = replayCache.bytes();
        publish(26, 40);
        assertThat(replayCache.bytes()).isEqualTo(2 * five);
        replayCache.prepend(publications(30, 39), true);
        assertThat(replayCache.bytes()).isEqualTo(2 * five);
        replayCache.forget();
        assertThat(replayCache.bytes()).isZero();
    }

    @Test
    void givesTheMemoryBackWhenNobodyAsks() {
        replayCache.keepFrom(0);
        publish(1, 3);
        assertThat(replayCache.behind(0, 10, 100, NOW)).hasSize(3);
        replayCache.tidyUp(100, NOW);
        assertThat(replayCache.behind(0, 10, 100, NOW)).hasSize(3);
        replayCache.tidyUp(101, NOW);
        assertThat(replayCache.behind(0, 10, 100, NOW)).isNull();
        replayCache.prepend(publications(1, 3), true);
        assertThat(behind(0, 10)).as("what comes too late").isNull();
    }
}
