package dev.pushwire.abuse;

import dev.pushwire.abuse.ContraryEndpoint.Deed;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Endpoints that do not return from a callback, which is allowed on a virtual thread. Each blocks only its own
 * connection.
 */
class BlockingEndpointsTest {
    private static final int CLIENTS = 50;
    private static final String PATTERN = "/contrary/virtual_thread/{callback}/{deed}";

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(
                new Class<?>[] {ContraryEndpoint.Beans.class}, "pushwire.websocket.ping-interval=1s");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(service);

    private static String path(String callback) {
        return ContraryEndpoint.path(Execution.VIRTUAL_THREAD, callback, Deed.BLOCKS);
    }

    /** The service soon stops reading from the peers. It notices by the next ping that one of them is gone. */
    @ParameterizedTest
    @ValueSource(strings = {"onOpen", "onText", "onBinary"})
    void holdNothingButWhatTheirPeersSaid(String callback) throws Exception {
        CountDownLatch blocked = ContraryEndpoint.block();
        Moves closed = Moves.of(service, "websocket.connections.closed", "code", "1006");
        byte[][] many = new byte[200][];
        Arrays.fill(many, ClientFrames.concat(ClientFrames.text("text"), ClientFrames.binary(new byte[10])));
        Crowd.concurrently(CLIENTS, () -> {
            RawClient client = RawClient.open(service, path(callback));
            client.send(many);
            client.reset();
            return null;
        });
        closed.awaitBy(CLIENTS); // though not one callback has returned
        blocked.countDown();
    }

    @Test
    void areNotWaitedForAtTheEnd() throws Exception {
        CountDownLatch blocked = ContraryEndpoint.block();
        Moves closed = Moves.ofEnding(service, "PeerClosed");
        Crowd.concurrently(CLIENTS, () -> {
            try (RawClient client = RawClient.open(service, path("onClose"))) {
                client.send(ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
                client.assertClosed(CloseCode.NORMAL_CLOSURE);
            }
            return null;
        });
        closed.awaitBy(CLIENTS);
        blocked.countDown();
    }

    /** The request waits, as any request to an application that blocks. What it holds is given back afterwards. */
    @Test
    void blockTheHandshakeThatAsksThem() throws Exception {
        CountDownLatch blocked = ContraryEndpoint.block();
        Moves answered = Moves.of(service, "websocket.handshakes", "endpoint", PATTERN);
        try (Crowd crowd = Crowd.of(CLIENTS, () -> RawClient.connect(service))) {
            crowd.forEach(
                    client -> client.send(HandshakeText.of(path("onHandshake")).bytes()));
            try (RawClient other = RawClient.open(service, "/echo")) {
                other.assertEchoes("not blocked");
            }
        }
        blocked.countDown();
        answered.awaitBy(CLIENTS);
    }
}
