package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimeTest {
    private static final long OPENED = Long.MAX_VALUE - Duration.ofSeconds(50).toNanos(); // the clock may run over

    /** Always the same, from 0 to 1. */
    private static RandomGenerator fixed(double random) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new UnsupportedOperationException();
            }

            @Override
            public double nextDouble() {
                return random;
            }
        };
    }

    private static long at(double second) {
        return OPENED + (long) (second * 1e9);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            MOST, RANDOM, SECOND, OVER
            100,  0,      99.9,   false
            100,  0,      100,    true
            100,  0.5,    94.9,   false
            100,  0.5,    95,     true
            100,  0.999,  90.1,   true
            100,  0.999,  90,     false
            0,    0,      1e8,    false
            """)
    void endsUpToATenthEarlier(long most, double random, double second, boolean over) {
        Lifetime lifetime = new Lifetime(OPENED, Duration.ofSeconds(most), fixed(random));
        assertThat(lifetime.isOver(at(second))).isEqualTo(over);
    }

    @Test
    void manyThatOpenedTogetherDoNotEndTogether() {
        RandomGenerator random = new Random(1);
        long over = IntStream.range(0, 1_000)
                .mapToObj(_ -> new Lifetime(OPENED, Duration.ofSeconds(100), random))
                .filter(lifetime -> lifetime.isOver(at(95)))
                .count();
        assertThat(over).isBetween(400L, 600L);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            TIMEOUT, LAST MESSAGE, SECOND, IDLE
            60,      0,            59.9,   false
            60,      0,            60,     true
            60,      30,           89.9,   false
            60,      30,           90,     true
            0,       0,            1e8,    false
            """)
    void isIdleSinceTheLastMessage(long timeout, double lastMessage, double second, boolean idle) {
        Lifetime lifetime = new Lifetime(OPENED, Duration.ZERO, fixed(0));
        lifetime.received(at(lastMessage));
        assertThat(lifetime.isIdle(at(second), Duration.ofSeconds(timeout))).isEqualTo(idle);
    }

    @Nested
    class OfAConnection {
        @AutoClose
        private final TestLoop loop = new TestLoop();

        private TestConnection connection(Duration idleTimeout, Duration maxLifetime) {
            Limits limits = new Limits(
                    TestConnection.LIMITS.messages(),
                    TestConnection.LIMITS.outbox(),
                    Duration.ZERO,
                    Duration.ofSeconds(10),
                    TestConnection.CLOSE_TIMEOUT,
                    idleTimeout,
                    maxLifetime);
            return loop.connection(Execution.EVENT_LOOP, limits).open();
        }

        @Test
        void whenItIsOverThePeerIsAskedToConnectAgain() {
            TestConnection connection = connection(Duration.ZERO, Duration.ofHours(1));
            connection.sweepAfter(Duration.ofMinutes(53));
            connection.assertOpen();
            connection.sweepAfter(Duration.ofHours(1));
            connection.assertSent("close 1012 please connect again");
            connection.receives(Wire.close(1012));
            connection.peerFinishes();
            connection.assertClosed("LifetimeOver 1012");
        }

        @Test
        void onlyMessagesAreUse() {
            TestConnection connection = connection(Duration.ofNanos(1), Duration.ZERO);
            loop.pass();
            connection.receives(Wire.ping("p"), Wire.pong(""));
            connection.sweepAfter(Duration.ZERO);
            connection.assertSent("pong p", "close 1001 idle for too long");
            connection.peerFinishes();
            connection.assertClosed("IdledOut 1001");
        }

        @Test
        void messagesInEitherDirectionAreUse() {
            TestConnection connection = connection(Duration.ofSeconds(1), Duration.ZERO);
            long opened = loop.loop().now();
            while (loop.loop().now() == opened) {
                loop.pass();
            }
            connection.receives(Wire.text("a"));
            connection.connection().sweep(opened + Duration.ofSeconds(1).toNanos());
            connection.assertOpen();
            connection.session().send("b");
            connection.connection().sweep(opened + Duration.ofSeconds(1).toNanos());
            connection.assertOpen();
        }
    }
}
