package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.Opcode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A slow client slows down the clients that send to it, or is given up. No other client notices. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD) // a send may block for ever
class BackPressureServiceTest {
    private static final int SMALL_WINDOW = 4 * 1024;
    private static final String FILLING = "x".repeat(30_000);

    /** On one event loop, where everybody in a room hears the same order. */
    private final RunningService service =
            RunningService.with("pushwire.websocket.outbox-limit=512KB", "pushwire.websocket.event-loops=1");

    @Test
    void aSlowEndpointStopsItsOwnPeerAndLosesNothing() throws Exception {
        int messages = 3_000; // with 8 KiB each far more than the buffers on the way hold
        String filling = "x".repeat(8 * 1024);
        CountDownLatch goOn = new CountDownLatch(1);
        Probe probe = Probe.on(Execution.VIRTUAL_THREAD).onText((session, text) -> goOn.await());
        try (RawClient client = RawClient.open(service, probe.path())) {
            probe.assertOpened();
            Thread sender = sendUntilHeldBack(client, messages, filling);
            try (RawClient other = RawClient.open(service, "/echo")) {
                other.assertEchoes("undisturbed");
            }

            goOn.countDown();
            for (int i = 0; i < messages; i++) {
                probe.assertText(i + filling);
            }
            sender.join();
            client.send(ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
            client.assertClosed(CloseCode.NORMAL_CLOSURE);
        }
    }

    /** Begins to send numbered messages, and returns when no more of them go out. */
    private static Thread sendUntilHeldBack(RawClient client, int messages, String filling) {
        AtomicInteger sent = new AtomicInteger();
        Thread sender = Thread.startVirtualThread(() -> {
            for (int i = 0; i < messages; i++) {
                client.sendText(i + filling);
                sent.incrementAndGet();
            }
        });
        awaitStandstill(sent);
        assertThat(sent).as("messages that went out").hasValueLessThan(messages);
        return sender;
    }

    private static void awaitStandstill(AtomicInteger counter) {
        int[] last = {-1};
        await().pollInterval(Duration.ofMillis(300)).until(() -> last[0] == (last[0] = counter.get()) && last[0] > 0);
    }

    @Test
    void aPeerThatReadsNoEchoesIsNotReadFromEither() throws Exception {
        int messages = 1_500;
        String filling = "x".repeat(16 * 1024);
        try (RawClient client = RawClient.open(service, "/echo")) {
            Thread sender = sendUntilHeldBack(client, messages, filling);
            for (int i = 0; i < messages; i++) {
                client.assertText(i + filling);
            }
            sender.join();
        }
    }

    @Test
    void aSlowConsumerOfABroadcastIsGivenUpAndTheOthersGetEverything() {
        HandshakeText room = HandshakeText.of("/chat/slow-consumer");
        List<String> said = new ArrayList<>();
        try (RawClient slow = RawClient.connect(service, SMALL_WINDOW).upgrade(room);
                RawClient fast = RawClient.connect(service).upgrade(room)) {
            chatUntilSomeoneIsGivenUp(fast, said);
            assertGivenUpBehindTheBeginningOf(said, slow);
            fast.assertEchoes("still here");
        }
    }

    /** Its Close must follow whole frames also where the socket took a part of what it was sent in answer to itself. */
    @Test
    void aSlowConsumerThatSpeaksItselfIsGivenUpBetweenTwoFrames() {
        HandshakeText room = HandshakeText.of("/chat/slow-speaker");
        List<String> said = new ArrayList<>();
        try (RawClient slow = RawClient.connect(service, SMALL_WINDOW).upgrade(room);
                RawClient fast = RawClient.connect(service).upgrade(room)) {
            slow.sendText("slow" + FILLING);
            while (fast.hearsWithin(Duration.ofMillis(500))) { // until the slow one is not read from any more
                said.add(fast.assertFrameReceived(Opcode.TEXT).text());
                slow.sendText("slow " + said.size() + FILLING);
            }
            chatUntilSomeoneIsGivenUp(fast, said);
            assertGivenUpBehindTheBeginningOf(said, slow);
        }
    }

    private void chatUntilSomeoneIsGivenUp(RawClient fast, List<String> said) {
        double before = closesSent();
        for (int i = 0; closesSent() == before; i++) {
            assertThat(i).as("messages that nobody was given up for").isLessThan(1_000);
            String message = "fast " + i + FILLING;
            fast.sendText(message);
            do {
                said.add(fast.assertFrameReceived(Opcode.TEXT).text());
            } while (!said.getLast().equals(message));
        }
    }

    private double closesSent() {
        return service.meter("websocket.frames.sent", "opcode", "close");
    }

    private static void assertGivenUpBehindTheBeginningOf(List<String> said, RawClient slow) {
        int received = 0;
        ServerFrame frame = slow.readFrame();
        while (frame.opcode() == Opcode.TEXT) {
            assertThat(frame.text().equals(said.get(received)))
                    .as("message %d, '%.20s…', is the one that was said", received, frame.text())
                    .isTrue();
            received++;
            frame = slow.readFrame();
        }
        assertThat(frame.opcode()).isEqualTo(Opcode.CLOSE);
        assertThat(frame.closeCode()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
        assertThat(received).as("messages that the slow one got").isLessThan(said.size());
        slow.assertEndOfStream();
    }
}
