package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.Collected.Batch;
import dev.pushwire.connection.Collected.Ended;
import dev.pushwire.connection.Collected.Nothing;
import dev.pushwire.connection.Collected.Overtaken;
import dev.pushwire.connection.Collected.Unknown;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.endpoint.spi.PostedSession.Posted;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Framing.Form;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A session whose client collects its messages. */
class MailboxTransportTest {
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration PATIENCE = TestMailbox.PATIENCE;
    private static final Duration WAIT = Duration.ofSeconds(25);
    private static final int MOST = 100;
    private static final StreamFormat FORMAT =
            new StreamFormat("poll", Form.LINES, null, status -> OutboundMessage.text("bye " + status.code()));

    @AutoClose
    private final TestLoop loop = new TestLoop(0, SWEEP);

    private final TestMailbox session = new TestMailbox(loop, FORMAT, 300);

    @AfterEach
    void end() {
        session.ends(new Ending.PeerVanished());
        session.ends(new Ending.ClosingTimedOut());
    }

    private CompletableFuture<Collected> collect(long acknowledged) {
        return session.collect(acknowledged, MOST, WAIT);
    }

    private CompletableFuture<Collected> collect() {
        return session.collect(MOST, WAIT);
    }

    private void send(String... messages) {
        for (String message : messages) {
            session.session().send(message);
        }
        loop.settle();
    }

    private static void assertBrings(CompletableFuture<Collected> answer, String... lines) {
        assertThat(answer).isCompleted();
        assertThat(answer.join()).isInstanceOf(Batch.class);
        String all = List.of(lines).stream().map(line -> line + "\n").collect(Collectors.joining());
        assertThat(new String(((Batch) answer.join()).content(), StandardCharsets.UTF_8))
                .isEqualTo(all);
    }

    @Test
    void givesAllThatWaits() {
        send("one", "two");
        assertBrings(collect(), "one", "two");
    }

    @Test
    void waitsForWhatComes() {
        CompletableFuture<Collected> answer = collect();
        assertThat(answer).isNotDone();
        send("one", "two");
        assertBrings(answer, "one", "two");
    }

    @Test
    void keepsForTheNextWhatCameMeanwhile() {
        assertThat(collect().cancel(false)).isTrue();
        loop.settle();
        send("one");
        send("two");
        assertThat(session.connection().out().backlog()).isEqualTo("one\ntwo\n".length());
        assertBrings(collect(), "one", "two");
        assertThat(session.connection().out().memory()).isZero();
    }

    @Test
    void cutsBatchesBetweenMessages() {
        String large = "x".repeat(60);
        send(large, large, "y".repeat(500), "z");
        assertBrings(collect(), large);
        assertBrings(collect(), large);
        assertBrings(collect(), "y".repeat(500));
        assertBrings(collect(), "z");
    }

    @Test
    void neverPartsUnits() {
        session.session().send(OutboundMessage.text("first"));
        session.session()
                .send(OutboundMessage.unit(
                        List.of(OutboundMessage.text("a".repeat(60)), OutboundMessage.text("b".repeat(60)))));
        loop.settle();
        assertBrings(collect(), "first");
        assertBrings(collect(), "a".repeat(60), "b".repeat(60));
    }

    @Test
    void saysWhenNothingCame() {
        CompletableFuture<Collected> answer = collect();
        session.sweepAfter(WAIT.dividedBy(2));
        assertThat(answer).isNotDone();
        session.sweepAfter(WAIT);
        assertThat(answer).isCompletedWithValue(new Nothing());
        session.assertOpen();
    }

    @Test
    void doesNotWaitWhereNobodyWantsTo() {
        CompletableFuture<Collected> answer = session.collect(MOST, Duration.ZERO);
        assertThat(answer).isCompletedWithValue(new Nothing());
    }

    @Test
    void hasOneCollectorAtATime() {
        CompletableFuture<Collected> first = collect();
        CompletableFuture<Collected> second = collect();
        assertThat(first).isCompletedWithValue(new Overtaken());
        send("one");
        assertBrings(second, "one");
    }

    @Test
    void endsTheOneWhoseClientStaysAway() {
        session.sweepAfter(PATIENCE.dividedBy(2));
        session.assertOpen();
        session.sweepAfter(PATIENCE);
        session.assertCalls("open", "close 1001 no sign of life");
        assertBrings(collect(), "bye 1001");
        session.assertClosed("WentQuiet 1001");
    }

    @Test
    void countsTheTimeAwayFromTheLastAnswer() {
        CompletableFuture<Collected> answer = collect();
        session.sweepAfter(WAIT);
        assertThat(answer).isCompleted();
        session.sweepAfter(WAIT.plus(PATIENCE.dividedBy(2)));
        session.assertOpen();
        session.sweepAfter(WAIT.plus(PATIENCE).plus(SWEEP));
        assertThat(session.session().isOpen()).isFalse();
    }

    @Test
    void isOverForTheOneThatDoesNotComeForItsLastWord() {
        session.ends(new Ending.ServerStopping());
        session.sweepAfter(TestConnection.CLOSE_TIMEOUT);
        session.assertClosed("ServerStopping 1001");
        assertThat(collect()).isCompletedWithValue(new Ended());
    }

    @Test
    void handsOverTheLastWordBehindTheRest() {
        send("one");
        session.session().close(new CloseStatus(4000));
        loop.settle();
        assertBrings(collect(), "one", "bye 4000");
        session.assertClosed("AppClosed 4000");
        assertThat(collect()).isCompletedWithValue(new Ended());
    }

    @Test
    void endsTheOneThatWaitsWithTheLastWord() {
        CompletableFuture<Collected> answer = collect();
        session.session().close();
        loop.settle();
        assertBrings(answer, "bye 1000");
        session.assertClosed("AppClosed 1000");
    }

    @Test
    void tellsTheOneThatWaitsWhenAllFails() {
        CompletableFuture<Collected> answer = collect();
        session.ends(new Ending.TransportFailed(new PlannedException()));
        assertThat(answer).isCompletedWithValue(new Ended());
    }

    @Test
    void endsTheOneThatIsSentMoreThanItCollects() {
        for (int i = 0; i < 20 && session.session().isOpen(); i++) {
            send("x".repeat(9_999));
        }
        assertThat(session.endpoint.calls().getLast()).startsWith("close 1013 reads too slowly");
        assertBrings(collect(), "bye 1013");
    }

    @Test
    void isInAGroupWithWebSockets() {
        TestConnection webSocket = loop.connection().open();
        SessionGroup group = new LoopSessionGroup(true, change -> {});
        group.add(webSocket.session());
        group.add(session.session());
        group.send(OutboundMessage.text("to all"));
        loop.settle();
        webSocket.assertSent("text to all");
        assertBrings(collect(), "to all");
        webSocket.peerFinishes();
    }

    @Nested
    class Acknowledging {
        @Test
        void givesALostBatchAgain() {
            send("one");
            assertBrings(collect(0), "one");
            send("two");
            assertBrings(collect(0), "one");
            assertBrings(collect(0), "one");
            assertBrings(collect(1), "two");
            assertBrings(collect(1), "two");
        }

        @Test
        void countsWhatIsKeptAsHeld() {
            send("one");
            collect(0);
            assertThat(Holdings.bytes(session.connection())).isEqualTo("one\n".length());
            collect(1);
            assertThat(Holdings.bytes(session.connection())).isZero();
            assertThat(loop.held()).isLessThan(64); // the outbox's ring
        }

        @Test
        void refusesWhatIsNeitherOfTheTwo() {
            assertThat(collect(1)).isCompletedWithValue(new Unknown());
            assertThat(collect(-1)).isCompletedWithValue(new Unknown());
            send("one");
            collect(0);
            send("two");
            collect(1);
            assertThat(collect(0)).isCompletedWithValue(new Unknown());
            assertThat(collect(3)).isCompletedWithValue(new Unknown());
            assertBrings(collect(1), "two");
        }

        @Test
        void countsNothingWhereNothingCame() {
            CompletableFuture<Collected> answer = collect(0);
            session.sweepAfter(WAIT);
            assertThat(answer).isCompletedWithValue(new Nothing());
            CompletableFuture<Collected> next = collect(0);
            send("one");
            assertBrings(next, "one");
        }
    }

    @Nested
    class Posting {
        private CompletableFuture<Posted> post(String text) {
            return session.post(true, Wire.utf8(text));
        }

        @Test
        void bringsMessagesToTheEndpoint() {
            assertThat(post("one")).isCompletedWithValue(Posted.TAKEN);
            assertThat(session.post(false, new byte[] {1, 2})).isCompletedWithValue(Posted.TAKEN);
            session.assertCalls("open", "text one", "binary 0102");
        }

        @Test
        void waitsWhileTheClientDoesNotCollectWhatItAskedFor() {
            send("x".repeat(60_000));
            CompletableFuture<Posted> one = post("one");
            CompletableFuture<Posted> two = post("two");
            assertThat(one).isNotDone();
            session.assertCalls("open");
            collect();
            assertThat(one).isCompletedWithValue(Posted.TAKEN);
            assertThat(two).isCompletedWithValue(Posted.TAKEN);
            session.assertCalls("open", "text one", "text two");
        }

        @Test
        void hasABound() {
            send("x".repeat(60_000));
            List<CompletableFuture<Posted>> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(post("y".repeat(64 * 1024)));
            }
            assertThat(answers.subList(4, 10))
                    .allSatisfy(each -> assertThat(each).isCompletedWithValue(Posted.FULL));
            assertThat(answers.subList(0, 4))
                    .allSatisfy(each -> assertThat(each).isNotDone());
            assertThat(Holdings.bytes(session.connection())).isGreaterThan(4 * 64 * 1024);
            session.session().close();
            loop.settle();
            assertThat(answers.subList(0, 4))
                    .allSatisfy(each -> assertThat(each).isCompletedWithValue(Posted.ENDED));
        }

        @Test
        void hasABoundForSmallOnes() {
            send("x".repeat(60_000));
            List<CompletableFuture<Posted>> answers = new ArrayList<>();
            for (int i = 0; i < 257; i++) {
                answers.add(post("y"));
            }
            assertThat(answers.getFirst()).isNotDone();
            assertThat(answers.getLast()).isCompletedWithValue(Posted.FULL);
        }

        @Test
        void refusesWhatHasWaitedForTooLong() {
            send("x".repeat(60_000));
            long before = Holdings.bytes(session.connection());
            Duration patience = PATIENCE.dividedBy(3);
            CompletableFuture<Posted> hurried = session.post(true, Wire.utf8("one"), patience);
            CompletableFuture<Posted> patient = post("two");
            session.sweepAfter(patience.minus(SWEEP));
            assertThat(hurried).isNotDone();
            session.sweepAfter(patience);
            assertThat(hurried).isCompletedWithValue(Posted.FULL);
            assertThat(patient).isNotDone();
            assertThat(Holdings.bytes(session.connection()) - before).isEqualTo("two".length());
            collect();
            assertThat(patient).isCompletedWithValue(Posted.TAKEN);
            session.assertCalls("open", "text two");
        }

        @Test
        void countsThemAgainstTheRate() {
            assertThat(post("line\n".repeat(301))).isCompletedWithValue(Posted.ENDED);
            session.assertCalls("open", "close 4429 too many messages per second; retry in 1 s");
            assertBrings(collect(), "bye 4429");
        }

        @Test
        void saysWhenTheSessionIsOver() {
            session.session().close();
            loop.settle();
            assertThat(post("one")).isCompletedWithValue(Posted.ENDED);
            session.assertCalls("open", "close 1000");
        }
    }
}
