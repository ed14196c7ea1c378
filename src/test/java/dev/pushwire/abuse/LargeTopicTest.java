package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A batch to a topic with many subscribers keeps an event loop busy for a while: its other connections do not notice. */
@Timeout(300)
class LargeTopicTest {
    private static final RunningService SERVICE = RunningService.with("pushwire.websocket.event-loops=1");
    private static final int SUBSCRIBERS = 2_000;
    private static final int PUBLICATIONS = 1_000;

    @Test
    void aNeighbourIsAnsweredWhileABatchIsUnderWay() {
        String batch = IntStream.range(0, PUBLICATIONS)
                .mapToObj(i -> "{\"topic\":\"large\",\"data\":" + i + "}")
                .collect(Collectors.joining(",", "{\"publications\":[", "]}"));
        try (Crowd subscribers = Crowd.of(SUBSCRIBERS, () -> RawClient.open(SERVICE, "/topics/large"));
                RawClient neighbour = RawClient.open(SERVICE, "/echo")) {
            Moves sent = Moves.of(SERVICE, "websocket.messages.sent");
            CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(
                    () -> SERVICE.post("/api/publications/batch", "application/json", BodyPublishers.ofString(batch)));
            double deliveries = (double) SUBSCRIBERS * PUBLICATIONS;
            int echoes = 0;
            int amidst = 0;
            while (sent.by() < deliveries + echoes) {
                boolean begun = sent.by() > echoes;
                neighbour.assertEchoes("echo " + echoes);
                echoes++;
                if (begun && sent.by() < deliveries) {
                    amidst++;
                }
                assertThat(SERVICE.get("/actuator/health/liveness").statusCode())
                        .isEqualTo(200);
            }
            assertThat(amidst).as("echoes in the middle of the batch").isPositive();
            assertThat(answer.join().statusCode()).isEqualTo(200);
            subscribers.forEach(subscriber -> {
                for (int i = 0; i < PUBLICATIONS; i++) {
                    subscriber.assertText("" + i);
                }
            });
            assertThat(SERVICE.meter("websocket.loop.inflow", "loop", "0")).isZero();
        }
    }
}
