package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.Opcode;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The endings that nobody agreed on: peers that vanish or fall silent, endpoints that fail. */
class EndingsServiceTest {
    private final RunningService service = RunningService.with();

    @Nested
    class APeerVanishes {
        @ParameterizedTest
        @EnumSource
        void withAReset(Execution execution) {
            Probe probe = Probe.on(execution);
            RawClient client = RawClient.open(service, probe.path());
            probe.assertOpened();
            client.reset();
            probe.assertLost();
        }

        @ParameterizedTest
        @EnumSource
        void withoutAClose(Execution execution) {
            Probe probe = Probe.on(execution);
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.send(ClientFrames.text("last words"));
                client.finish();
                client.assertEndOfStream();
                probe.assertOpened();
                probe.assertText("last words");
                probe.assertLost();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "EVENT_LOOP,     81 85 37fa213d 7f9f",
            "VIRTUAL_THREAD, 81 fe 01",
        })
        void inTheMiddleOfAFrameOrItsHeader(Execution execution, String begun) {
            Probe probe = Probe.on(execution);
            RawClient client = RawClient.open(service, probe.path());
            client.send(begun);
            probe.assertOpened();
            client.reset();
            probe.assertLost();
        }

        @Test
        void withAnswersOnTheWayToIt() {
            double lost = service.meter("websocket.connections.closed", "code", "1006");
            RawClient client = RawClient.connect(service, 4096).upgrade(HandshakeText.of("/echo"));
            for (int i = 0; i < 100; i++) {
                client.send(ClientFrames.binary(new byte[10_000]));
            }
            client.reset();
            await().until(() -> service.meter("websocket.connections.closed", "code", "1006") == lost + 1);
        }

        @Test
        void beforeASlowEndpointHasHeardWhatItSaid() {
            CountDownLatch goOn = new CountDownLatch(1);
            Probe probe = Probe.on(Execution.VIRTUAL_THREAD).onText((session, text) -> goOn.await());
            RawClient client = RawClient.open(service, probe.path());
            client.send(ClientFrames.text("one"), ClientFrames.text("two"));
            probe.assertOpened();
            probe.assertText("one");
            client.reset();
            await().until(() -> !probe.session().isOpen());
            goOn.countDown();
            probe.assertText("two");
            probe.assertLost();
        }
    }

    @Nested
    class APeerThatIsPinged {
        private final RunningService service =
                RunningService.with("pushwire.websocket.ping-interval=200ms", "pushwire.websocket.pong-timeout=1500ms");

        @ParameterizedTest
        @EnumSource
        void andStaysSilentIsGivenUp(Execution execution) {
            Probe probe = Probe.on(execution);
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.assertFrameReceived(Opcode.PING, new byte[0]);
                client.assertClosed(CloseCode.GOING_AWAY);
                probe.assertOpened();
                probe.assertClosed(CloseCode.GOING_AWAY);
            }
        }

        @Test
        void andAnswersIsKept() {
            try (RawClient client = RawClient.open(service, "/echo")) {
                for (int i = 0; i < 5; i++) {
                    client.assertFrameReceived(Opcode.PING, new byte[0]);
                    client.send(ClientFrames.pong(""));
                }
                client.sendText("here I am");
                assertThat(client.readFrame().opcode()).isIn(Opcode.TEXT, Opcode.PING);
            }
        }

        @Test
        void andIsInTheMiddleOfALongMessageIsKept() {
            Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.send(ClientFrames.header(0x82, 10));
                for (int i = 0; i < 10; i++) {
                    client.assertFrameReceived(Opcode.PING, new byte[0]);
                    client.send("37"); // one byte of the payload
                }
                probe.assertOpened();
                probe.assertBinary("00cd160a00cd160a00cd");
            }
        }

        @Test
        void andThatTheEndpointHasStoppedReadingFromIsKept() {
            CountDownLatch goOn = new CountDownLatch(1);
            Probe probe = Probe.on(Execution.VIRTUAL_THREAD).onText((session, text) -> goOn.await());
            try (RawClient client = RawClient.open(service, probe.path())) {
                for (int i = 0; i < 200; i++) { // more than an endpoint may have waiting
                    client.sendText("message " + i);
                }
                for (int i = 0; i < 10; i++) {
                    client.assertFrameReceived(Opcode.PING, new byte[0]);
                }
                goOn.countDown();
                probe.assertOpened();
                for (int i = 0; i < 200; i++) {
                    probe.assertText("message " + i);
                }
            }
        }
    }

    @Nested
    class AnEndpointThatThrows {
        private static void assertFailed(RawClient client, Probe probe) {
            ServerFrame close = client.assertCloseReceived(CloseCode.INTERNAL_ERROR);
            assertThat(close.closeReason()).as("what the peer learns").doesNotContain(OnPurposeException.SECRET);
            client.assertEndOfStream();
            probe.assertClosed(CloseCode.INTERNAL_ERROR, close.closeReason());
        }

        @ParameterizedTest
        @EnumSource
        void inOnTextEndsItsConnectionAlone(Execution execution) {
            Probe probe = Probe.on(execution).onText((session, text) -> {
                throw new OnPurposeException();
            });
            try (RawClient client = RawClient.open(service, probe.path());
                    RawClient other = RawClient.open(service, "/echo")) {
                client.send(ClientFrames.text("one"), ClientFrames.text("two"));
                probe.assertOpened();
                probe.assertText("one");
                assertFailed(client, probe);
                other.assertEchoes("undisturbed");
            }
        }

        @ParameterizedTest
        @EnumSource
        void inOnOpen(Execution execution) {
            Probe probe = Probe.on(execution).onOpen(session -> {
                throw new OnPurposeException();
            });
            try (RawClient client = RawClient.open(service, probe.path())) {
                probe.assertOpened();
                assertFailed(client, probe);
            }
        }

        @ParameterizedTest
        @EnumSource
        void anErrorAndNotAnException(Execution execution) {
            Probe probe = Probe.on(execution).onText((session, text) -> {
                throw new AssertionError(OnPurposeException.SECRET);
            });
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.sendText("one");
                probe.assertOpened();
                probe.assertText("one");
                assertFailed(client, probe);
            }
        }

        @ParameterizedTest
        @EnumSource
        void whileTheConnectionClosesAnyway(Execution execution) {
            Probe probe = Probe.on(execution).onText((session, text) -> {
                session.close();
                throw new OnPurposeException();
            });
            try (RawClient client = RawClient.open(service, probe.path())) {
                client.sendText("one");
                client.assertCloseReceived(CloseCode.NORMAL_CLOSURE);
                client.send(ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
                client.assertEndOfStream();
                probe.assertOpened();
                probe.assertText("one");
                probe.assertClosed(CloseCode.NORMAL_CLOSURE);
            }
        }
    }
}
