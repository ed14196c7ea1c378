package dev.pushwire.abuse;

import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections that break in the middle of something. */
class BrokenPeersTest {
    private static final RunningService SERVICE = RunningService.with(
            "pushwire.websocket.ping-interval=1s",
            "pushwire.websocket.pong-timeout=1s",
            "pushwire.websocket.close-timeout=1s");

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(SERVICE);

    @Test
    void byAResetWithinAFrame() throws Exception {
        Moves lost = Moves.of(SERVICE, "websocket.connections.closed", "endpoint", "/echo", "code", "1006");
        byte[] frame = ClientFrames.binary(new byte[100_000]);
        int[] cuts = {1, 3, 8, 13, 14, 50_000}; // within the header, after it, within the payload
        Crowd.concurrently(50, () -> {
            for (int cut : cuts) {
                RawClient client = RawClient.open(SERVICE, "/echo");
                client.send(Arrays.copyOf(frame, cut));
                client.reset();
            }
            return null;
        });
        lost.awaitBy(50 * cuts.length);
    }

    @Test
    void byAResetUnderABroadcast() throws Exception {
        Moves lost = Moves.of(SERVICE, "websocket.connections.closed", "endpoint", "/chat/{room}");
        HandshakeText chat = HandshakeText.of("/chat/breaking");
        try (RawClient speaker = RawClient.open(SERVICE, "/chat/breaking")) {
            Crowd.concurrently(50, () -> {
                RawClient.connect(SERVICE, 4096).upgrade(chat).reset();
                return null;
            });
            speaker.assertEchoes("x".repeat(10_000));
        }
        lost.awaitBy(51);
    }

    @Test
    @SuppressWarnings("try") // the resources only have to be open
    void byACableThatIsPulled() throws Exception {
        Moves quiet = Moves.ofEnding(SERVICE, "WentQuiet");
        try (FarNetwork network = FarNetwork.make();
                ChildClient far =
                        ChildClient.open(network.command(), network.addressOf(SERVICE.port()), "/chat/far-away")) {
            Watcher near = Watcher.on(SERVICE, "/chat/far-away");
            network.pullCable();
            quiet.awaitBy(1);
            near.assertUndisturbed();
        }
    }
}
