package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private long now = Long.MAX_VALUE - 5; // a clock that overflows soon
    private final Pace pace = new Pace(() -> now);

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private int takeAll() {
        int taken = 0;
        while (taken < 1000 && pace.take()) {
            taken++;
        }
        return taken;
    }

    @Test
    void sendsFewBeforeTheServiceHasSaidHowMany() {
        assertThat(takeAll()).isEqualTo(8);
        pace.told(50);
        assertThat(takeAll()).isEqualTo(32); // what was sent counts
    }

    @Test
    void sendsAlittleLessThanTheServiceTakes() {
        pace.told(50);
        assertThat(takeAll()).isEqualTo(40);
        assertThat(pace.untilNext()).isEqualTo(Duration.ofMillis(25));
        pass(Duration.ofMillis(500));
        assertThat(takeAll()).isEqualTo(20);
        pass(Duration.ofHours(1));
        assertThat(takeAll()).isEqualTo(40);
    }

    @Test
    void sendsAnyNumberWhereTheServiceTakesThat() {
        pace.told(0);
        assertThat(takeAll()).isEqualTo(1000);
        pace.begin();
        pace.told(10);
        pass(Duration.ofSeconds(1));
        assertThat(takeAll()).isEqualTo(8);
    }

    @Test
    void sendsLessEachTimeThatTheServiceComplainsButNeverNothing() {
        pace.told(100);
        for (int complaints = 0; complaints < 10; complaints++) {
            pace.slower();
        }
        pace.begin();
        assertThat(takeAll()).isEqualTo(2); // of the ten that any service takes
        pace.told(100);
        pace.begin();
        assertThat(takeAll()).isEqualTo(20);
    }
}
