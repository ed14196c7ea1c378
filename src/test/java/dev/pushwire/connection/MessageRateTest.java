package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRateTest {
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos(); // the clock runs over soon

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private static long after(Duration time) {
        return START + time.toNanos();
    }

    private static int allowed(MessageRate rate, long now, int asked) {
        return (int) IntStream.range(0, asked).filter(_ -> rate.allows(now)).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000, 1_000_000})
    void thoseOfOneSecondMayComeAtOnceAndAreThereAgainASecondLater(int perSecond) {
        MessageRate rate = MessageRate.of(perSecond, START);
        assertThat(allowed(rate, START, perSecond + 5)).isEqualTo(perSecond);
        assertThat(allowed(rate, after(Duration.ofSeconds(1)), perSecond + 5)).isEqualTo(perSecond);
        assertThat(allowed(rate, after(Duration.ofDays(100)), perSecond + 5)).isEqualTo(perSecond);
    }

    @Test
    void theyComeBackOneByOne() {
        MessageRate rate = MessageRate.of(10, START);
        allowed(rate, START, 10);
        assertThat(allowed(rate, after(Duration.ofMillis(99)), 5)).isZero();
        assertThat(allowed(rate, after(Duration.ofMillis(100)), 5)).isEqualTo(1);
        assertThat(allowed(rate, after(Duration.ofMillis(350)), 5)).isEqualTo(2);
    }

    @Test
    void thereNeedBeNone() {
        assertThat(MessageRate.of(0, START)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatSendsTooManyEndsWithoutTheRest(Execution execution) {
        TestConnection connection = loop.connection(execution, 3).open();
        connection.receives(
                Stream.of("a", "b", "c", "too many", "more").map(Wire::text).toArray(byte[][]::new));
        loop.passUntil(connection.endpoint::isTold);
        connection.assertCalls("open", "text a", "text b", "text c", "close 4429 too many messages per second");
        connection.assertSent("close 4429 too many messages per second");
        connection.peerFinishes();
        connection.assertClosed("TooManyMessages 4429");
    }

    @Test
    void pingsAndPongsAreNoMessages() {
        TestConnection connection = loop.connection(Execution.EVENT_LOOP, 1).open();
        connection.receives(Wire.ping("1"), Wire.pong("2"), Wire.ping("3"), Wire.text("a"));
        connection.assertOpen();
    }
}
