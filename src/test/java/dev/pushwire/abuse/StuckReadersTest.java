package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Readers that stop during a broadcast. The service gives them up, and all others get everything. */
class StuckReadersTest {
    private static final int SMALL_WINDOW = 4096;
    private static final int MOST_MESSAGES = 1_000;
    private static final RunningService SERVICE =
            RunningService.with("pushwire.websocket.outbox-limit=256KB", "pushwire.websocket.close-timeout=2s");

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(SERVICE);

    @Test
    @SuppressWarnings("try") // the resources only have to be open
    void areGivenUpAndLeaveNothingThoughTheyNeverReadAgain() {
        Moves backlogged = Moves.ofEnding(SERVICE, "Backlogged");
        HandshakeText chat = HandshakeText.of("/chat/stuck");
        try (Crowd stuck = Crowd.of(
                        10, () -> RawClient.connect(SERVICE, SMALL_WINDOW).upgrade(chat));
                Crowd well = Crowd.of(10, () -> RawClient.open(SERVICE, "/chat/stuck"))) {
            broadcastUntilGivenUp(well, 10);
            backlogged.awaitBy(10);
        }
    }

    @Test
    void learnWhyIfTheyReadOn() {
        Moves backlogged = Moves.ofEnding(SERVICE, "Backlogged");
        HandshakeText chat = HandshakeText.of("/chat/late");
        try (RawClient stuck = RawClient.connect(SERVICE, SMALL_WINDOW).upgrade(chat);
                Crowd well = Crowd.of(2, () -> RawClient.open(SERVICE, "/chat/late"))) {
            broadcastUntilGivenUp(well, 1);
            assertThat(stuck.readUntilClose().closeCode()).isEqualTo(CloseCode.TRY_AGAIN_LATER);
            stuck.assertEndOfStream();
        }
        backlogged.awaitBy(1);
    }

    /** A stopped process: its kernel takes as much as its buffers hold, and the process does nothing. */
    @Test
    void mayBeProcessesThatWereStopped() throws Exception {
        Moves backlogged = Moves.ofEnding(SERVICE, "Backlogged");
        List<ChildClient> children = new ArrayList<>();
        try (Crowd well = Crowd.of(5, () -> RawClient.open(SERVICE, "/chat/stopped"))) {
            for (int i = 0; i < 3; i++) {
                children.add(ChildClient.open(SERVICE, "/chat/stopped"));
            }
            for (ChildClient child : children) {
                child.signal("STOP");
            }
            broadcastUntilGivenUp(well, 3);
            backlogged.awaitBy(3);
        } finally {
            for (ChildClient child : children) {
                child.close();
            }
        }
    }

    /**
     * All other clients get each message, whole and in order, before the next is sent. A Close shows that a reader was
     * given up. It counts as ended when its socket is closed.
     */
    private static void broadcastUntilGivenUp(Crowd well, int expected) {
        Moves closes = Moves.of(SERVICE, "websocket.frames.sent", "opcode", "close");
        for (int i = 0; closes.by() < expected; i++) {
            assertThat(i).as("messages that nobody was given up for").isLessThan(MOST_MESSAGES);
            String message = i + "x".repeat(60_000);
            well.first().sendText(message);
            well.forEach(client -> {
                ServerFrame frame = client.assertFrameReceived(Opcode.TEXT);
                assertThat(frame.text().equals(message))
                        .as("the message of this round came")
                        .isTrue();
            });
        }
    }
}
