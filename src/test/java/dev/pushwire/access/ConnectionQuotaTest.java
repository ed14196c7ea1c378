package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.ConnectionQuota.Place;
import org.junit.jupiter.api.Test;

class ConnectionQuotaTest {
    @Test
    void eachKeyHasSoMany() {
        ConnectionQuota places = new ConnectionQuota(2);
        Place first = places.take("a");
        assertThat(first).isNotNull();
        assertThat(places.take("a")).isNotNull();
        assertThat(places.take("a")).isNull();
        assertThat(places.take("b")).isNotNull();

        first.leave();
        assertThat(places.take("a")).isNotNull();
        assertThat(places.take("a")).isNull();
    }

    @Test
    void withoutALimitNothingIsCounted() {
        ConnectionQuota places = new ConnectionQuota(0);
        assertThat(places.areCounted()).isFalse();
        for (int i = 0; i < 1000; i++) {
            assertThat(places.take("a")).isNotNull();
        }
    }
}
