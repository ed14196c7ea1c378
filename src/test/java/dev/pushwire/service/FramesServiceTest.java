package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.Opcode;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, sections 5 and 8.1, over a socket: which frames are heard, and which end the connection. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD) // a send may block for ever
class FramesServiceTest {
    private final RunningService service = RunningService.with();

    /** Once with an endpoint on the event loop and once with one on virtual threads. */
    private interface Conversation {
        void hold(RawClient client, Probe probe);
    }

    private void inBothExecutions(Conversation conversation) {
        for (Execution execution : Execution.values()) {
            Probe probe = Probe.on(execution);
            try (RawClient client = RawClient.open(service, probe.path())) {
                probe.assertOpened();
                conversation.hold(client, probe);
            }
        }
    }

    /** The peer reads our Close and an orderly end, though it goes on sending; the endpoint is told the same. */
    private static void assertFails(RawClient client, Probe probe, int code) {
        client.send(new byte[50_000]);
        ServerFrame close = client.assertCloseReceived(code);
        client.assertEndOfStream();
        probe.assertClosed(code, close.closeReason());
    }

    @Nested
    class TheFramingIsBrokenBy {
        @ParameterizedTest(name = "{1}")
        @CsvSource({
            "c1 80 37fa213d, the first reserved bit",
            "a1 80 37fa213d, the second reserved bit",
            "91 80 37fa213d, the third reserved bit",
            "f9 80 37fa213d, reserved bits in a ping",
            "83 80 37fa213d, opcode 3",
            "84 80 37fa213d, opcode 4",
            "85 80 37fa213d, opcode 5",
            "86 80 37fa213d, opcode 6",
            "87 80 37fa213d, opcode 7",
            "8b 80 37fa213d, opcode B",
            "8c 80 37fa213d, opcode C",
            "8d 80 37fa213d, opcode D",
            "8e 80 37fa213d, opcode E",
            "8f 80 37fa213d, opcode F",
            "81 05 48656c6c6f, a text that is not masked",
            "89 00, a ping that is not masked",
            "88 02 03e8, a Close that is not masked",
            "82 fe 007d 37fa213d, 125 bytes announced in 16 bits",
            "82 fe 0000 37fa213d, nothing announced in 16 bits",
            "82 ff 000000000000ffff 37fa213d, 65535 bytes announced in 64 bits",
            "82 ff 8000000000000001 37fa213d, the most significant bit of a 64-bit length",
            "89 fe 007e 37fa213d, a ping of 126 bytes",
            "8a ff 0000000000010000 37fa213d, a pong of 64 KiB",
            "09 80 37fa213d, a fragmented ping",
            "0a 80 37fa213d, a fragmented pong",
            "08 80 37fa213d, a fragmented Close",
            "80 80 37fa213d, a continuation of nothing",
            "00 80 37fa213d, a continuation of nothing that is to be continued itself",
            "01 80 37fa213d 81 80 37fa213d, a text within a text",
            "01 80 37fa213d 02 80 37fa213d, a binary fragment within a text"
        })
        void whichEndsWith1002(String sent, String name) {
            inBothExecutions((client, probe) -> {
                client.send(sent);
                assertFails(client, probe, CloseCode.PROTOCOL_ERROR);
            });
        }

        @Test
        void aContinuationOfAMessageThatIsOver() {
            inBothExecutions((client, probe) -> {
                client.send(ClientFrames.fragment(Opcode.TEXT, "a"), ClientFrames.lastFragment("b"));
                client.send(ClientFrames.lastFragment("c"));
                probe.assertText("ab");
                assertFails(client, probe, CloseCode.PROTOCOL_ERROR);
            });
        }

        @Test
        void aFrameBehindMessagesThatAreHeardNonetheless() {
            inBothExecutions((client, probe) -> {
                client.send(ClientFrames.text("one"), ClientFrames.text("two"), ClientFrames.hex("83 80 37fa213d"));
                probe.assertText("one");
                probe.assertText("two");
                assertFails(client, probe, CloseCode.PROTOCOL_ERROR);
            });
        }
    }

    @Nested
    class AMessage {
        @Test
        void ofTheSpecificationsExamples() {
            inBothExecutions((client, probe) -> {
                client.send("81 85 37fa213d 7f9f4d5158"); // section 5.7: a single-frame masked text message
                probe.assertText("Hello");
            });
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 125, 126, 127, 128, 65_535, 65_536, 131_072, 131_073, 1_048_576})
        void ofAnySizeUpToTheLimit(int size) {
            byte[] payload = new byte[size];
            new Random(size).nextBytes(payload);
            try (RawClient client = RawClient.open(service, "/echo")) {
                client.send(ClientFrames.binary(payload));
                client.assertFrameReceived(Opcode.BINARY, payload);
                client.assertEchoes("x".repeat(size));
            }
        }

        @Test
        void inFragments() {
            inBothExecutions((client, probe) -> {
                client.send(ClientFrames.fragment(Opcode.TEXT, "on"), ClientFrames.fragment(Opcode.CONTINUATION, ""));
                client.send(ClientFrames.lastFragment("e"), ClientFrames.fragment(Opcode.BINARY, "t"));
                probe.assertText("one");
                client.send(ClientFrames.lastFragment("wo"));
                probe.assertBinary("74776f");
            });
        }

        @Test
        void withControlFramesBetweenItsFragments() {
            inBothExecutions((client, probe) -> {
                client.send(ClientFrames.fragment(Opcode.TEXT, "on"), ClientFrames.ping("now"), ClientFrames.pong("?"));
                client.assertFrameReceived(Opcode.PONG, ClientFrames.utf8("now"));
                client.send(ClientFrames.lastFragment("e"));
                probe.assertText("one");
            });
        }

        @Test
        void inSingleBytes() {
            try (RawClient client = RawClient.open(service, "/echo")) {
                client.dribble(ClientFrames.concat(ClientFrames.text("Grüße 😀"), ClientFrames.ping("?")));
                client.assertText("Grüße 😀");
                client.assertFrameReceived(Opcode.PONG, ClientFrames.utf8("?"));
            }
        }

        @Test
        void whichComesWithManyOthersInOrder() {
            try (RawClient client = RawClient.open(service, "/echo")) {
                byte[][] messages = new byte[5_000][];
                for (int i = 0; i < messages.length; i++) {
                    messages[i] = ClientFrames.text("message " + i);
                }
                client.send(messages);
                for (int i = 0; i < messages.length; i++) {
                    client.assertText("message " + i);
                }
            }
        }
    }

    @Nested
    class Text {
        @ParameterizedTest
        @ValueSource(strings = {"ff", "c0 af", "ed a0 80", "f4 90 80 80", "f8", "80", "61 e2 82 61"})
        void thatCanBecomeNoUtf8EndsWith1007BeforeItsFrameIsWhole(String start) {
            inBothExecutions((client, probe) -> {
                byte[] payload = ClientFrames.hex(start + "00".repeat(100));
                byte[] frame = ClientFrames.frame(0x01, payload);
                client.send(Arrays.copyOf(frame, frame.length - 100));
                client.assertClosed(CloseCode.INVALID_FRAME_PAYLOAD_DATA);
                probe.assertClosed(CloseCode.INVALID_FRAME_PAYLOAD_DATA);
            });
        }

        @ParameterizedTest
        @ValueSource(strings = {"e2 82", "f0 9f 98", "61 c3"})
        void thatEndsWithinACharacterEndsWith1007(String payload) {
            inBothExecutions((client, probe) -> {
                client.send(ClientFrames.frame(0x81, ClientFrames.hex(payload)));
                assertFails(client, probe, CloseCode.INVALID_FRAME_PAYLOAD_DATA);
            });
        }

        @Test
        void mayBeCutWithinACharacter() {
            inBothExecutions((client, probe) -> {
                client.send(ClientFrames.frame(0x01, ClientFrames.hex("f0 9f")));
                client.send(ClientFrames.frame(0x80, ClientFrames.hex("98 80")));
                probe.assertText("😀");
            });
        }

        @Test
        void isJudgedNoMoreThanBinary() {
            inBothExecutions((client, probe) -> {
                client.send(ClientFrames.binary(ClientFrames.hex("ff c0 af")));
                probe.assertBinary("ffc0af");
            });
        }
    }

    @Nested
    class Pings {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 125})
        void areAnsweredWithTheirPayload(int size) {
            String payload = "p".repeat(size);
            inBothExecutions((client, probe) -> {
                client.send(ClientFrames.ping(payload));
                client.assertFrameReceived(Opcode.PONG, ClientFrames.utf8(payload));
            });
        }

        /** Section 5.5.3: "MAY elect to send a Pong frame for only the most recently processed Ping frame." */
        @Test
        void whichNobodyReadsTheAnswersOfCostNothingAndTheLastIsAnswered() {
            int pings = 10_000;
            try (RawClient client = RawClient.connect(service, 4096).upgrade(HandshakeText.of("/echo"))) {
                for (int i = 0; i < pings; i++) {
                    client.send(ClientFrames.ping(payload(i)));
                }
                client.sendText("done");
                int last = -1;
                ServerFrame frame = client.readFrame();
                while (frame.opcode() == Opcode.PONG) {
                    int number = Integer.parseInt(frame.text().substring(0, 5));
                    assertThat(number).as("the ping answered").isGreaterThan(last);
                    last = number;
                    frame = client.readFrame();
                }
                assertThat(frame.text()).isEqualTo("done");
                assertThat(last == pings - 1 || client.readFrame().text().equals(payload(pings - 1)))
                        .as("the last ping is answered")
                        .isTrue();
            }
        }

        private String payload(int number) {
            return "%05d".formatted(number) + "p".repeat(120);
        }

        @Test
        void thatNobodySentMayBeAnswered() {
            inBothExecutions((client, probe) -> {
                client.send(ClientFrames.pong("unsolicited"), ClientFrames.text("next"));
                probe.assertText("next");
            });
        }
    }
}
