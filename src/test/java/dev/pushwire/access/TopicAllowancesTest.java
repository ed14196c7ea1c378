package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.testing.RecordingSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TopicAllowancesTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // System.nanoTime may overflow
    private final List<Limit> exceeded = new ArrayList<>();

    private TopicAllowances allowances(int perConnection, int perAddress) {
        return new TopicAllowances(perConnection, perAddress, exceeded::add, now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static int taken(TopicAllowances allowances, String address, int wanted) {
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            taken += allowances.allows(address) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aConnectionMayBeginSoManyAtOnceAndThenAsTimeGoesBy() {
        TopicAllowances allowances = allowances(60, 0);
        RecordingSession session = new RecordingSession();
        for (int i = 0; i < 60; i++) {
            assertThat(allowances.allows(session)).isTrue();
        }
        assertThat(allowances.allows(session)).isFalse();
        assertThat(exceeded).containsExactly(Limit.NEW_TOPICS_PER_MINUTE);
        assertThat(allowances.allows(new RecordingSession()))
                .as("another connection")
                .isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(allowances.allows(session)).isTrue();
        assertThat(allowances.allows(session)).isFalse();
    }

    @Test
    void anAddressHasThemForAllItsConnections() {
        TopicAllowances allowances = allowances(0, 10);
        assertThat(taken(allowances, "192.0.2.1", 5)).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            assertThat(allowances.allows(new RecordingSession()))
                    .as("from 192.0.2.1")
                    .isTrue();
        }
        assertThat(allowances.allows(new RecordingSession())).isFalse();
        assertThat(taken(allowances, "192.0.2.1", 5)).isZero();
        assertThat(taken(allowances, "192.0.2.2", 20)).isEqualTo(10);
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() {
        TopicAllowances allowances = allowances(0, 10);
        assertThat(taken(allowances, "2001:db8:1:2::1", 6)).isEqualTo(6);
        assertThat(taken(allowances, "2001:db8:1:2:ffff::", 6)).isEqualTo(4);
        assertThat(taken(allowances, "2001:db8:1:3::1", 6)).isEqualTo(6);
    }

    @Test
    void zeroIsForAnyNumber() {
        TopicAllowances allowances = allowances(0, 0);
        RecordingSession session = new RecordingSession();
        for (int i = 0; i < 10_000; i++) {
            assertThat(allowances.allows(session)).isTrue();
        }
        assertThat(session.attributes()).isEmpty();
        assertThat(allowances.addresses()).isZero();
    }

    @Test
    void addressesAreForgottenWhenTheirMinuteIsOver() {
        TopicAllowances allowances = allowances(0, 10);
        for (int minute = 0; minute < 20; minute++) {
            for (int i = 0; i < 1000; i++) {
                allowances.allows("192.0." + minute + "." + i);
            }
            pass(Duration.ofMinutes(1));
        }
        assertThat(allowances.addresses()).isLessThan(4000);
    }
}
