package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.Places.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {
    @Test
    void eachKeyHasSoMany() {
        Places places = new Places(2);
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
        Places places = new Places(0);
        assertThat(places.areCounted()).isFalse();
        for (int i = 0; i < 1000; i++) {
            assertThat(places.take("a")).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::, 20010db800010002/64",
        "2001:db8:1:3::, 20010db800010003/64",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "unix:, unix:",
    })
    void anIPv6AddressCountsAsItsNetwork(String address, String key) {
        assertThat(AddressKey.of(address)).isEqualTo(key);
    }
}
