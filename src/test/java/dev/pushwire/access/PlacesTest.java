package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.Places.Place;
import org.junit.jupiter.api.Test;

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
}
