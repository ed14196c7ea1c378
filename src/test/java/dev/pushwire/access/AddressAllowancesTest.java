package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.spi.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Allowances that are taken only if they are needed. The rest is in {@link TopicAllowancesTest}. */
class AddressAllowancesTest {
    private static final String ADDRESS = "192.0.2.1";

    private final AtomicLong now = new AtomicLong();
    private final List<Limit> exceeded = new ArrayList<>();
    private final AddressAllowances allowances =
            new AddressAllowances(2, Limit.SEARCHES_PER_MINUTE, exceeded::add, now::get);

    @Test
    void toAskTakesNothing() {
        for (int i = 0; i < 5; i++) {
            assertThat(allowances.has(ADDRESS)).isTrue();
        }
        assertThat(allowances.addresses()).isZero();
    }

    @Test
    void whatIsTakenIsBackAsTimeGoesBy() {
        assertThat(allowances.take(ADDRESS)).isTrue();
        assertThat(allowances.has(ADDRESS)).isTrue();
        assertThat(allowances.take(ADDRESS)).isTrue();
        assertThat(allowances.has(ADDRESS)).isFalse();
        assertThat(allowances.has("192.0.2.2")).isTrue();
        assertThat(exceeded).containsExactly(Limit.SEARCHES_PER_MINUTE);
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(allowances.has(ADDRESS)).isTrue();
    }
}
