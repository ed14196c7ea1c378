package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.service.Probe;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * An endpoint that blocks its event loop: all connections of that loop stand still, and health shows it. Other loops go
 * on.
 */
class BlockedLoopTest {
    private static final RunningService SERVICE = RunningService.with("pushwire.websocket.event-loops=2");

    @Test
    void isOneLoopAloneAndGoesOnWhereItStoodStill() {
        CountDownLatch blocked = new CountDownLatch(1);
        Probe blocking = Probe.on(Execution.EVENT_LOOP).onText((session, text) -> blocked.await());
        try (RawClient one = RawClient.open(SERVICE, "/echo");
                RawClient other = RawClient.open(SERVICE, "/echo");
                RawClient blocker = RawClient.open(SERVICE, blocking.path())) {
            blocking.assertOpened();
            blocker.sendText("stand still");
            blocking.assertText("stand still");
            List<RawClient> neighbours = List.of(one, other);
            neighbours.forEach(client -> client.sendText("anybody there?"));

            await().atMost(20, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(SERVICE.meter("websocket.loop.pass.max"))
                            .as("seconds that a pass takes")
                            .isGreaterThan(2));
            List<RawClient> served = Stream.of(one, other)
                    .filter(client -> client.hearsWithin(Duration.ofMillis(200)))
                    .toList();
            assertThat(served).as("who is on the other loop").hasSize(1);

            blocked.countDown();
            neighbours.forEach(client -> client.assertText("anybody there?"));
            neighbours.forEach(client -> client.assertEchoes("all well"));
        }
    }
}
