package dev.pushwire.service;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.protocol.Opcode;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message may cost: beyond a limit the connection ends with 1009, and the peer reads so. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD) // a send may block for ever
class LimitsServiceTest {
    private static final int MEGABYTE = 1024 * 1024;

    private final RunningService service = RunningService.with();

    @ParameterizedTest
    @ValueSource(longs = {MEGABYTE + 1, Integer.MAX_VALUE, 1L << 31, 1L << 62, Long.MAX_VALUE})
    void aFrameIsTooBigByItsHeaderAlone(long announced) {
        Probe probe = Probe.on(Execution.EVENT_LOOP);
        try (RawClient client = RawClient.open(service, probe.path())) {
            client.send(ClientFrames.header(0x82, announced));
            client.assertClosed(CloseCode.MESSAGE_TOO_BIG);
            probe.assertOpened();
            probe.assertClosed(CloseCode.MESSAGE_TOO_BIG);
        }
    }

    @Test
    void aMessageIsAsBigAsAllItsFragments() {
        Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
        try (RawClient client = RawClient.open(service, probe.path())) {
            client.send(ClientFrames.frame(0x02, new byte[MEGABYTE]));
            client.send(ClientFrames.frame(0x00, new byte[0]));
            client.send(ClientFrames.header(0x80, 1));
            client.assertClosed(CloseCode.MESSAGE_TOO_BIG);
            probe.assertOpened();
            probe.assertClosed(CloseCode.MESSAGE_TOO_BIG);
        }
    }

    /** Its whole message is read and thrown away: to close the socket instead would reset it, and lose our Close. */
    @ParameterizedTest
    @ValueSource(ints = {2, 16})
    void whoGoesOnStreamingATooBigMessageStillReadsWhy(int megabytes) {
        try (RawClient client = RawClient.open(service, "/echo")) {
            client.send(ClientFrames.header(0x82, (long) megabytes * MEGABYTE));
            for (int i = 0; i < megabytes; i++) {
                client.send(new byte[MEGABYTE]);
            }
            client.assertClosed(CloseCode.MESSAGE_TOO_BIG);
        }
    }

    @Test
    void aMessageHasNoMoreThanMaxFragments() {
        RunningService strict = RunningService.with("pushwire.websocket.max-fragments=3");
        try (RawClient client = RawClient.open(strict, "/echo")) {
            byte[] first = ClientFrames.fragment(Opcode.TEXT, "a");
            byte[] middle = ClientFrames.fragment(Opcode.CONTINUATION, "b");
            client.send(first, middle, ClientFrames.lastFragment("c"));
            client.assertText("abc");
            client.send(first, middle, middle, ClientFrames.lastFragment("d"));
            client.assertClosed(CloseCode.MESSAGE_TOO_BIG);
        }
    }

    @Test
    void aMessageMayBeAsBigAsItIsConfigured() {
        RunningService generous = RunningService.with("pushwire.websocket.max-message-size=16MB");
        byte[] payload = new byte[16 * MEGABYTE];
        new Random(16).nextBytes(payload);
        try (RawClient client = RawClient.open(generous, "/echo")) {
            client.send(ClientFrames.binary(payload));
            client.assertFrameReceived(Opcode.BINARY, payload);

            String quarter = "x".repeat(4 * MEGABYTE);
            client.send(ClientFrames.fragment(Opcode.TEXT, quarter));
            client.send(ClientFrames.fragment(Opcode.CONTINUATION, quarter));
            client.send(ClientFrames.fragment(Opcode.CONTINUATION, quarter));
            client.send(ClientFrames.lastFragment(quarter));
            client.assertFrameReceived(Opcode.TEXT, ClientFrames.utf8(quarter.repeat(4)));

            client.send(ClientFrames.header(0x82, 16 * MEGABYTE + 1));
            client.assertClosed(CloseCode.MESSAGE_TOO_BIG);
        }
    }
}
