package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Opcode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 7, over a socket: who closes how, what the other side reads of it, and what the endpoint is told. */
class ClosingServiceTest {
    private static final CloseStatus MOVED = new CloseStatus(4001, "moved");

    private final RunningService service = RunningService.with();

    @Nested
    class ThePeerCloses {
        private final Probe probe = Probe.on(Execution.VIRTUAL_THREAD);

        @ParameterizedTest
        @ValueSource(
                ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
        void withACodeAndAReasonThatAreEchoed(int code) {
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.send(ClientFrames.close(code, "so long 😀"));
                client.assertClosed(code, "so long 😀");
                probe.assertOpened();
                probe.assertClosed(code, "so long 😀");
            }
        }

        @Test
        void withAReasonOfTheLargestSize() {
            String reason = "r".repeat(123);
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.send(ClientFrames.close(1000, reason));
                client.assertClosed(1000, reason);
                probe.assertOpened();
                probe.assertClosed(1000, reason);
            }
        }

        @Test
        void withoutACode() {
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.send(ClientFrames.close(new byte[0]));
                client.assertFrameReceived(Opcode.CLOSE, new byte[0]);
                client.assertEndOfStream();
                probe.assertOpened();
                probe.assertClosed(CloseCode.NO_STATUS_RECEIVED, "");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
        void withACodeThatMustNotBeSent(int code) {
            assertRefused(ClientFrames.close(code, ""), CloseCode.PROTOCOL_ERROR);
        }

        @Test
        void withHalfACode() {
            assertRefused(ClientFrames.close(new byte[1]), CloseCode.PROTOCOL_ERROR);
        }

        @ParameterizedTest
        @ValueSource(strings = {"03e8 ff", "03e8 61 c0af", "03e8 e282"})
        void withAReasonThatIsNotUtf8(String payload) {
            assertRefused(ClientFrames.close(ClientFrames.hex(payload)), CloseCode.INVALID_FRAME_PAYLOAD_DATA);
        }

        private void assertRefused(byte[] close, int code) {
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.send(close);
                client.assertClosed(code);
                probe.assertOpened();
                probe.assertClosed(code);
            }
        }

        @Test
        void withMessagesBeforeItWhichAreAnsweredAndMessagesBehindItWhichAreNot() {
            try (RawClient client = RawClient.open(service, "/echo")) {
                client.send(
                        ClientFrames.text("before"),
                        ClientFrames.ping("before"),
                        ClientFrames.close(1000, ""),
                        ClientFrames.text("behind"),
                        ClientFrames.ping("behind"),
                        ClientFrames.hex("83 05"));
                client.assertText("before");
                client.assertFrameReceived(Opcode.PONG, ClientFrames.utf8("before"));
                client.assertClosed(1000);
            }
        }

        @Test
        void inTheMiddleOfAFragmentedMessage() {
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.send(ClientFrames.fragment(Opcode.TEXT, "unfinished"), ClientFrames.close(1001, ""));
                client.assertClosed(1001);
                probe.assertOpened();
                probe.assertClosed(1001);
            }
        }

        @Test
        void andGoesOnSendingWithoutEverReadingAReset() {
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.send(ClientFrames.close(1000, ""));
                for (int i = 0; i < 200; i++) {
                    client.send(new byte[10_000]);
                }
                client.assertClosed(1000);
            }
        }
    }

    @Nested
    class TheApplicationCloses {
        @ParameterizedTest
        @EnumSource
        void andThePeerAnswers(Execution execution) {
            Probe probe = Probe.on(execution).onText((session, text) -> session.close(MOVED));
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.sendText("close");
                assertThat(client.assertCloseReceived(4001).closeReason()).isEqualTo("moved");
                client.send(ClientFrames.close(4001, ""));
                client.assertEndOfStream();
                probe.assertOpened();
                probe.assertText("close");
                probe.assertClosed(4001, "moved");
            }
        }

        @ParameterizedTest
        @EnumSource
        void asSoonAsTheConnectionOpens(Execution execution) {
            Probe probe = Probe.on(execution).onOpen(session -> {
                session.send("not you");
                session.close(new CloseStatus(CloseCode.POLICY_VIOLATION));
            });
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.assertText("not you");
                client.assertCloseReceived(CloseCode.POLICY_VIOLATION);
                client.send(ClientFrames.close(CloseCode.POLICY_VIOLATION, ""));
                client.assertEndOfStream();
                probe.assertOpened();
                probe.assertClosed(CloseCode.POLICY_VIOLATION);
            }
        }

        @Test
        void fromAnyThreadBehindWhatItSent() {
            Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
            try (RawClient client = RawClient.open(service, probe.path())) {
                probe.assertOpened();
                for (int i = 0; i < 1_000; i++) {
                    probe.session().send("message " + i);
                }
                probe.session().close();
                probe.session().send("never sent");
                for (int i = 0; i < 1_000; i++) {
                    client.assertText("message " + i);
                }
                client.assertCloseReceived(CloseCode.NORMAL_CLOSURE);
                client.send(ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
                client.assertEndOfStream();
                probe.assertClosed(CloseCode.NORMAL_CLOSURE);
                assertThat(probe.session().isOpen()).isFalse();
            }
        }

        @ParameterizedTest
        @EnumSource
        void andWhatThePeerSendsBeforeItsAnswerIsIgnored(Execution execution) {
            Probe probe = Probe.on(execution);
            try (RawClient client = RawClient.open(service, probe.path())) {
                probe.assertOpened();
                probe.session().close(MOVED);
                client.assertCloseReceived(4001);
                client.send(ClientFrames.text("too late"), ClientFrames.fragment(Opcode.TEXT, "too"));
                client.send(ClientFrames.close(1000, "mine"));
                client.assertEndOfStream();
                probe.assertClosed(4001, "moved");
            }
        }

        @ParameterizedTest
        @EnumSource
        void whileThePeerDoesSoToo(Execution execution) {
            Probe probe = Probe.on(execution).onText((session, text) -> session.close(MOVED));
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.send(ClientFrames.text("close"), ClientFrames.close(3000, "mine"));
                int code = client.assertFrameReceived(Opcode.CLOSE).closeCode();
                client.assertEndOfStream();
                probe.assertOpened();
                probe.assertText("close");
                probe.assertClosed(code);
                assertThat(code).isIn(3000, 4001);
            }
        }

        @Test
        void andThePeerAnswersWithABrokenFrame() {
            Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
            try (RawClient client = RawClient.open(service, probe.path())) {
                probe.assertOpened();
                probe.session().close(MOVED);
                client.assertCloseReceived(4001);
                client.send("83 80 37fa213d");
                client.assertEndOfStream();
                probe.assertLost();
            }
        }

        @Test
        void andThePeerEndsTheConnectionInsteadOfAnAnswer() {
            Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
            try (RawClient client = RawClient.open(service, probe.path())) {
                probe.assertOpened();
                probe.session().close(MOVED);
                client.assertCloseReceived(4001);
                client.finish();
                client.assertEndOfStream();
                probe.assertLost();
            }
        }

        @Test
        void onlyWithACodeThatMayBeSent() {
            Probe probe = Probe.on(Execution.EVENT_LOOP);
            try (RawClient client = RawClient.open(service, probe.path())) {
                probe.assertOpened();
                assertThatThrownBy(() -> probe.session().close(CloseStatus.NO_STATUS))
                        .isInstanceOf(IllegalArgumentException.class);
                probe.session().send("still open");
                client.assertText("still open");
            }
        }
    }

    @Nested
    class WithinCloseTimeout {
        private final RunningService impatient = RunningService.with("pushwire.websocket.close-timeout=800ms");

        @ParameterizedTest
        @EnumSource
        void aPeerMustAnswerOurClose(Execution execution) {
            Probe probe = Probe.on(execution);
            try (RawClient client = RawClient.open(impatient, probe.path())) {
                probe.assertOpened();
                probe.session().close(MOVED);
                client.assertClosed(4001);
                probe.assertLost();
            }
        }

        @Test
        void aPeerThatGoesOnTalkingMustAnswerToo() {
            Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
            try (RawClient client = RawClient.open(impatient, probe.path())) {
                probe.assertOpened();
                probe.session().close(MOVED);
                client.assertCloseReceived(4001);
                client.send(ClientFrames.text("never mind"));
                client.assertEndOfStream();
                probe.assertLost();
            }
        }

        @ParameterizedTest
        @CsvSource({"1000", "4999"})
        void aPeerThatNeverEndsItsSideIsLeft(int code) {
            double closed = impatient.meter("websocket.connections.closed");
            try (RawClient client = RawClient.open(impatient, "/echo")) {
                client.send(ClientFrames.close(code, ""));
                client.assertClosed(code);
                await().until(() -> impatient.meter("websocket.connections.closed") == closed + 1);
            }
        }
    }
}
