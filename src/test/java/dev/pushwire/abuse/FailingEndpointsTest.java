package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.abuse.ContraryEndpoint.Deed;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.HttpReply;
import dev.pushwire.service.OnPurposeException;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Endpoints that do something wrong: each ends its own connections, and no others. */
class FailingEndpointsTest {
    private static final int CLIENTS = 3; // each failure is an error in the log
    private static final List<String> CALLBACKS = List.of("onOpen", "onText", "onBinary");

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(new Class<?>[] {ContraryEndpoint.Beans.class});
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(service);

    @ParameterizedTest
    @EnumSource
    void thatFailEndTheirOwnConnectionAlone(Execution execution) throws Exception {
        for (Deed deed :
                List.of(Deed.THROWS, Deed.THROWS_THE_UNSPEAKABLE, Deed.RUNS_OUT_OF_MEMORY, Deed.OVERFLOWS_THE_STACK)) {
            Moves failed = Moves.ofEnding(service, "AppFailed");
            assertEndsEach(execution, deed, CloseCode.INTERNAL_ERROR, failed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void thatCloseTwiceAndSendBehindItCloseOnce(Execution execution) throws Exception {
        Moves closed = Moves.ofEnding(service, "AppClosed");
        assertEndsEach(execution, Deed.CLOSES, ContraryEndpoint.ENOUGH.code(), closed);
    }

    private static void assertEndsEach(Execution execution, Deed deed, int code, Moves ending) throws Exception {
        Crowd.concurrently(CLIENTS, () -> {
            for (String callback : CALLBACKS) {
                assertEnds(ContraryEndpoint.path(execution, callback, deed), code);
            }
            assertClosesAsEver(ContraryEndpoint.path(execution, "onClose", deed));
            return null;
        });
        ending.awaitBy(CLIENTS * CALLBACKS.size());
    }

    /** What the client still sends comes too late, and does no harm. */
    private static void assertEnds(String path, int code) {
        try (RawClient client = RawClient.open(service, path)) {
            client.send(ClientFrames.text("one"), ClientFrames.binary(new byte[2]), ClientFrames.text("three"));
            assertThat(client.readUntilClose().closeCode()).isEqualTo(code);
            client.send(ClientFrames.close(code, ""));
            client.assertEndOfStream();
        }
    }

    private static void assertClosesAsEver(String path) {
        try (RawClient client = RawClient.open(service, path)) {
            client.send(ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
            client.assertClosed(CloseCode.NORMAL_CLOSURE);
        }
    }

    @Test
    void thatFailBeforeAConnectionOpensOpenNone() {
        Moves failed = Moves.of(service, "websocket.handshakes", "result", "failed");
        for (Deed deed : List.of(Deed.THROWS, Deed.OVERFLOWS_THE_STACK)) {
            try (RawClient client = RawClient.connect(service)) {
                HttpReply reply = client.ask(handshake(deed));
                assertThat(reply.status()).isEqualTo(500);
                assertThat(reply.body()).doesNotContain(OnPurposeException.SECRET);
            }
        }
        try (RawClient client = RawClient.connect(service)) {
            client.send(handshake(Deed.RUNS_OUT_OF_MEMORY).bytes());
            client.assertCutOff(Duration.ofSeconds(15)); // Tomcat answers nothing then
        }
        failed.awaitBy(3);
    }

    private static HandshakeText handshake(Deed deed) {
        return HandshakeText.of(ContraryEndpoint.path(Execution.EVENT_LOOP, "onHandshake", deed));
    }
}
