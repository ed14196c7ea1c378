package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives, and how reading stops and goes on when the peer or the endpoint does not keep up. */
class ReadPathTest {
    private static final int MESSAGES = 1_000;

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
    }

    @Nested
    class PausedByTheOutbox {
        private final TestConnection connection =
                loop.connection(Execution.EVENT_LOOP, TestConnection.limits(1_000, 1_000));

        @Test
        void aPeerThatAsksAndDoesNotReadIsNotReadFrom() {
            connection.endpoint.echo();
            connection.open();
            connection.peerStopsReading();
            for (int i = 0; i < 100; i++) {
                connection.arrives(Wire.numberedTexts(100));
            }
            loop.settle();
            connection.assertOpen();
            assertThat(connection.transport.wantsRead()).isFalse();
            assertThat(connection.endpoint.messages()).hasSizeLessThan(300);
            assertThat(connection.connection().out().backlog()).isLessThan(1_000);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 7, 100, 501, 10_000})
        void nothingIsLostAndTheOrderKept(int takenAtATime) {
            connection.endpoint.echo();
            connection.open();
            connection.peerStopsReading();
            connection.receives(Wire.numberedTexts(MESSAGES));
            goOnUntilSent(MESSAGES, takenAtATime * 10L);
            connection.assertOpen();
            assertThat(connection.sent()).isEqualTo(numbered(MESSAGES));
            assertThat(connection.endpoint.messages()).isEqualTo(numbered(MESSAGES));
            assertThat(connection.transport.wantsRead()).isTrue();
        }

        /** There is room for the answer to a message of that size, since back-pressure comes first. */
        @ParameterizedTest
        @ValueSource(ints = {400, 600, 990, 1_000})
        void anEchoNeverMakesItsPeerASlowConsumer(int size) {
            connection.endpoint.echo();
            connection.open();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                connection.arrives(Wire.text("x".repeat(size)));
                expected.add("text of " + size);
            }
            goOnUntilSent(20, 300);
            assertThat(connection.sent()).isEqualTo(expected);
        }

        private void goOnUntilSent(int frames, long takenAtATime) {
            while (connection.sent().size() < frames
                    || connection.sent().getLast().equals("cut")) {
                connection.assertOpen();
                connection.transport.takes(takenAtATime);
                loop.settle();
            }
        }

        /** The answers to the first messages fill the outbox, so the second ones are read but not handled. */
        private void leaveUnread(byte[]... second) {
            connection.endpoint.echo();
            connection.open();
            connection.peerStopsReading();
            connection.receives(Wire.numberedTexts(MESSAGES));
            connection.receives(second);
            assertThat(connection.transport.wantsRead()).isFalse();
        }

        @Test
        void whatIsUnreadIsForgottenWhenItEndsAbruptly() {
            leaveUnread(Wire.text("unread"));
            int heard = connection.endpoint.messages().size();
            connection.ends(new Ending.WentQuiet());
            connection.peerReads();
            assertThat(connection.endpoint.messages()).hasSize(heard);
            connection.assertLingers();
        }

        @Test
        void thePeersCloseAmongWhatIsUnreadAnswersOurs() {
            leaveUnread(Wire.text("unread"), Wire.close(1000));
            connection.session().close();
            loop.settle();
            assertThat(connection.endpoint.calls().getLast()).isEqualTo("close 1000");
            connection.peerReads();
            connection.assertLingers();
        }
    }

    @Nested
    class PausedByTheEndpoint {
        private final Semaphore mayGoOn = new Semaphore(0);
        private final TestConnection connection = loop.connection(Execution.VIRTUAL_THREAD);

        private void openSlow() {
            connection.endpoint.onText = (_, _) -> mayGoOn.acquire();
            connection.open();
        }

        @Test
        void aPeerThatSaysMoreThanTheEndpointHandlesIsNotReadFrom() {
            openSlow();
            connection.receives(Wire.numberedTexts(MESSAGES));
            assertThat(connection.transport.wantsRead()).isFalse();
            mayGoOn.release(MESSAGES);
            loop.passUntil(() -> connection.endpoint.messages().size() == MESSAGES);
            assertThat(connection.endpoint.messages()).isEqualTo(numbered(MESSAGES));
            loop.passUntil(connection.transport::wantsRead);
            connection.assertOpen();
        }

        @Test
        void itGoesOnBitByBit() {
            openSlow();
            connection.arrives(Wire.numberedTexts(MESSAGES));
            connection.arrives(Wire.ping("behind all"));
            for (int handled = 0; handled < MESSAGES; handled += 100) {
                mayGoOn.release(100);
                int atLeast = handled + 100;
                loop.passUntil(() -> mayGoOn.availablePermits() == 0
                        && connection.endpoint.messages().size() >= atLeast);
            }
            loop.passUntil(() -> !connection.sent().isEmpty());
            connection.assertSent("pong behind all");
            assertThat(connection.endpoint.messages()).isEqualTo(numbered(MESSAGES));
        }

        @Test
        void fewButLargeMessagesPauseToo() {
            openSlow();
            byte[] large = Wire.text("x".repeat(70_000));
            connection.receives(large, Wire.text("behind"), Wire.text("behind"));
            assertThat(connection.transport.wantsRead()).isFalse();
            mayGoOn.release(3);
            loop.passUntil(() -> connection.endpoint.messages().size() == 3);
        }

        @Test
        void whatTheTransportHoldsComesBehindWhatWasReadBefore() {
            connection.endpoint.onText = (_, _) -> mayGoOn.acquire();
            connection.transport.holds(Wire.text("held"));
            connection.open("", Wire.numberedTexts(200));
            assertThat(connection.transport.wantsRead()).isFalse();
            mayGoOn.release(201);
            loop.passUntil(() -> connection.endpoint.messages().size() == 201);
            assertThat(connection.endpoint.messages().subList(0, 200)).isEqualTo(numbered(200));
            assertThat(connection.endpoint.messages()).last().isEqualTo("text held");
        }

        @Test
        void itIsPingedAndNeverFoundQuiet() {
            openSlow();
            connection.receives(Wire.numberedTexts(MESSAGES));
            connection.sweepAfter(TestConnection.LIMITS.pingInterval().plusSeconds(1));
            connection.assertSent("ping");
            connection.sweepAfter(TestConnection.LIMITS.pingInterval().plusSeconds(20));
            connection.assertOpen();
            mayGoOn.release(MESSAGES);
        }

        @Test
        void aPeerThatIsGoneShowsByAWriteThatFails() {
            openSlow();
            connection.receives(Wire.numberedTexts(MESSAGES));
            connection.transport.breaks();
            connection.sweepAfter(TestConnection.LIMITS.pingInterval().plusSeconds(1));
            connection.assertClosed("TransportFailed 1006");
            mayGoOn.release(MESSAGES);
            loop.passUntil(connection.endpoint::isTold);
        }

        @Test
        void ourCloseMakesItReadOnForThePeersAlone() {
            openSlow();
            connection.receives(Wire.numberedTexts(MESSAGES));
            connection.session().close();
            connection.receives(Wire.close(1000));
            connection.assertLingers();
            mayGoOn.release(MESSAGES);
            loop.passUntil(connection.endpoint::isTold);
            assertThat(connection.endpoint.messages()).hasSizeLessThan(MESSAGES);
            assertThat(connection.endpoint.calls().getLast()).isEqualTo("close 1000");
        }
    }

    @Nested
    class Messages {
        private final TestConnection connection = loop.connection().open();

        @Test
        void comeInWhateverPieces() {
            byte[] all = Wire.join(Wire.text("one"), Wire.binary((byte) 2), Wire.ping("p"), Wire.text("three"));
            for (int cut = 0; cut <= all.length; cut++) {
                TestConnection fresh = loop.connection().open();
                fresh.receives(Arrays.copyOf(all, cut));
                fresh.receives(Arrays.copyOfRange(all, cut, all.length));
                fresh.assertCalls("open", "text one", "binary 02", "text three");
                fresh.assertSent("pong p");
            }
        }

        @Test
        void aTextIsGoneWhenItsCallbackReturns() {
            List<Text> kept = new ArrayList<>();
            connection.endpoint.onText = (_, text) -> kept.add(text);
            connection.receives(Wire.text("a"));
            assertThatIllegalStateException().isThrownBy(() -> kept.getFirst().toString());
            assertThatIllegalStateException().isThrownBy(() -> kept.getFirst().utf8());
        }

        @Test
        void aTextIsReadAsOftenAsOneLikes() {
            List<String> read = new ArrayList<>();
            connection.endpoint.onText = (_, text) -> {
                read.add(text.toString());
                ByteBuffer utf8 = text.utf8();
                read.add(utf8.remaining() + " bytes");
                utf8.position(utf8.limit());
                assertThat(utf8.isReadOnly()).isTrue();
                read.add(text.toString());
            };
            connection.receives(Wire.text("grün"), Wire.text(""));
            assertThat(read).containsExactly("grün", "5 bytes", "grün", "", "0 bytes", "");
        }

        /** All connections of a loop share the buffer. What one endpoint does to it must not affect the next. */
        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void binaryDataIsReadOnlyAndFresh(boolean whole) {
            List<Integer> read = new ArrayList<>();
            connection.endpoint.onBinary = (_, data) -> {
                assertThat(data.isReadOnly()).isTrue();
                assertThat(data.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
                read.add(data.order(ByteOrder.LITTLE_ENDIAN).getInt());
            };
            byte[] frame = Wire.binary((byte) 1, (byte) 0, (byte) 0, (byte) 0);
            for (int i = 0; i < 3; i++) {
                if (whole) {
                    connection.receives(frame);
                } else {
                    connection.receives(Arrays.copyOf(frame, 7));
                    connection.receives(Arrays.copyOfRange(frame, 7, frame.length));
                }
            }
            assertThat(read).containsExactly(1, 1, 1);
        }

        @Test
        void beyondTheLimitEndTheConnection() {
            connection.receives(Wire.text("x".repeat(1_000_001)));
            assertThat(connection.sent().getFirst()).startsWith("close 1009");
            connection.peerFinishes();
            connection.assertClosed("PeerViolated 1009");
        }
    }
}
