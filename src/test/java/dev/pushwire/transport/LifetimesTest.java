package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.ServerFrame;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How long a connection may be open, and how long idle. */
class LifetimesTest {
    private static final Duration SLACK = Duration.ofSeconds(10); // a busy machine is no failure

    @Nested
    class TheLongestLife {
        private static final Duration LIFE = Duration.ofSeconds(2);

        private final RunningService service = RunningService.with("pushwire.websocket.max-lifetime=2s");

        /** Up to a tenth earlier than the limit; that they end one by one, {@code LifetimeTest} shows by its own clock. */
        @Test
        void endsEveryConnection() throws Exception {
            double before = service.meter("websocket.connections.closed", "ending", "LifetimeOver");
            int count = 40;
            List<Thread> threads = new ArrayList<>();
            List<Duration> lives = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < count; i++) {
                threads.add(Thread.startVirtualThread(() -> lives.add(lifeOfOne())));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(lives).hasSize(count);
            assertThat(Collections.min(lives))
                    .isGreaterThanOrEqualTo(LIFE.multipliedBy(9).dividedBy(10));
            assertThat(Collections.max(lives)).isLessThan(LIFE.plus(SLACK));
            await().until(() ->
                    service.meter("websocket.connections.closed", "ending", "LifetimeOver") == before + count);
        }

        private Duration lifeOfOne() {
            long start = System.nanoTime();
            try (RawClient client = RawClient.open(service, "/chat/mayflies")) {
                ServerFrame close = client.assertCloseReceived(CloseCode.SERVICE_RESTART);
                Duration life = Duration.ofNanos(System.nanoTime() - start);
                assertThat(close.closeReason()).isEqualTo("please connect again");
                client.send(ClientFrames.close(CloseCode.SERVICE_RESTART, ""));
                client.assertEndOfStream();
                return life;
            }
        }

        @Test
        void endsAlsoTheBusiest() {
            try (RawClient client = RawClient.open(service, "/echo")) {
                ServerFrame frame;
                do {
                    client.sendText("busy");
                    frame = client.readFrame();
                } while (frame.opcode() == Opcode.TEXT);
                assertThat(frame.closeCode()).isEqualTo(CloseCode.SERVICE_RESTART);
            }
        }
    }

    @Nested
    class TheLongestSilence {
        private static final Duration LIMIT = Duration.ofSeconds(1);

        private final RunningService service =
                RunningService.with("pushwire.websocket.idle-timeout=1s", "pushwire.websocket.ping-interval=250ms");

        /** Pings and pongs show that somebody is there, and not that he has anything to say. */
        @Test
        void endsAConnectionThatOnlyAnswersPings() {
            double before = service.meter("websocket.connections.closed", "ending", "IdledOut");
            long start = System.nanoTime();
            try (RawClient client = RawClient.open(service, "/echo")) {
                ServerFrame frame = Pongs.next(client);
                Duration silence = Duration.ofNanos(System.nanoTime() - start);
                assertThat(frame.closeCode()).isEqualTo(CloseCode.GOING_AWAY);
                assertThat(frame.closeReason()).isEqualTo("idle for too long");
                assertThat(silence).isBetween(LIMIT, LIMIT.plus(SLACK));
                client.assertEndOfStream();
            }
            await().until(() -> service.meter("websocket.connections.closed", "ending", "IdledOut") == before + 1);
        }

        @Test
        void isOverWithEachMessageThatComes() throws Exception {
            try (RawClient client = RawClient.open(service, "/topics/silent")) {
                assertOutlives(
                        client,
                        () -> service.post("/topics/silent", "text/plain", BodyPublishers.ofString("still there")));
            }
        }

        @Test
        void isOverWithEachMessageThatGoes() throws Exception {
            try (RawClient client = RawClient.open(service, "/echo")) {
                assertOutlives(client, () -> client.sendText("still here"));
            }
        }

        /** Something is said every quarter of the limit, for twice as long as it. */
        private void assertOutlives(RawClient client, Runnable word) throws InterruptedException {
            long start = System.nanoTime();
            while (System.nanoTime() - start < 2 * LIMIT.toNanos()) {
                word.run();
                ServerFrame frame = Pongs.next(client);
                assertThat(frame.opcode()).isEqualTo(Opcode.TEXT);
                Thread.sleep(LIMIT.dividedBy(4));
            }
        }
    }
}
