package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.RateLimit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        return (int)
                IntStream.range(0, asked).filter(_ -> rate.allowsBinary(now)).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000, 1_000_000})
    void thoseOfOneSecondMayComeAtOnceAndAreThereAgainASecondLater(int perSecond) {
        MessageRate rate = MessageRate.of(RateLimit.MESSAGES, perSecond, START);
        assertThat(allowed(rate, START, perSecond + 5)).isEqualTo(perSecond);
        assertThat(allowed(rate, after(Duration.ofSeconds(1)), perSecond + 5)).isEqualTo(perSecond);
        assertThat(allowed(rate, after(Duration.ofDays(100)), perSecond + 5)).isEqualTo(perSecond);
    }

    @Test
    void theyComeBackOneByOne() {
        MessageRate rate = MessageRate.of(RateLimit.MESSAGES, 10, START);
        allowed(rate, START, 10);
        assertThat(allowed(rate, after(Duration.ofMillis(99)), 5)).isZero();
        assertThat(allowed(rate, after(Duration.ofMillis(100)), 5)).isEqualTo(1);
        assertThat(allowed(rate, after(Duration.ofMillis(350)), 5)).isEqualTo(2);
    }

    @Test
    void thereNeedBeNone() {
        assertThat(MessageRate.of(RateLimit.LINES, 0, START)).isNull();
        assertThat(MessageRate.of(RateLimit.NONE, 10, START)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1",
        "a, 1",
        "a b, 1",
        "'a\nb', 2",
        "'a\nb\n', 2",
        "'\n\na\n\nb', 2",
        "'\n\n\n\n', 1",
        "'a\nb\nc\nd\ne', 5"
    })
    void eachLineThatIsNotEmptyCounts(String text, int lines) {
        MessageRate rate = MessageRate.of(RateLimit.LINES, 10, START);
        assertThat(rate.allowsText(ByteBuffer.wrap(Wire.utf8(text)), START)).isTrue();
        assertThat(allowed(rate, START, 20)).isEqualTo(10 - lines);
    }

    @Test
    void aMessageWithTooManyLinesTakesNothing() {
        MessageRate rate = MessageRate.of(RateLimit.LINES, 10, START);
        assertThat(rate.allowsText(ByteBuffer.wrap(Wire.utf8("a\n".repeat(11))), START))
                .isFalse();
        assertThat(allowed(rate, START, 20)).isEqualTo(10);
    }

    @Test
    void elsewhereAMessageIsOneWhateverItsLines() {
        MessageRate rate = MessageRate.of(RateLimit.MESSAGES, 10, START);
        assertThat(rate.allowsText(ByteBuffer.wrap(Wire.utf8("a\n".repeat(11))), START))
                .isTrue();
        assertThat(allowed(rate, START, 20)).isEqualTo(9);
    }

    /** The largest message there may be, at the lowest rate. */
    @Test
    void noNumberOfLinesIsTakenForNone() {
        MessageRate rate = MessageRate.of(RateLimit.LINES, 1, START);
        assertThat(rate.allowsText(ByteBuffer.wrap(Wire.utf8("a\n".repeat(5_000_000))), START))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatSendsTooManyEndsWithoutTheRest(Execution execution) {
        TestConnection connection = loop.connection(execution, 3).open();
        connection.receives(
                Stream.of("a", "b", "c", "too many", "more").map(Wire::text).toArray(byte[][]::new));
        loop.passUntil(connection.endpoint::isTold);
        connection.assertCalls(
                "open", "text a", "text b", "text c", "close 4429 too many messages per second; retry in 1 s");
        connection.assertSent("close 4429 too many messages per second; retry in 1 s");
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
