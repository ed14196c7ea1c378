package dev.pushwire.transport;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseCode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.Probe;
import dev.pushwire.service.RawClient;
import java.io.IOException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** A client that begins another handshake on its connection: new keys (RFC 8446, section 4.6.3), or a renegotiation. */
class TlsKeysTest {
    private final TlsService service = TlsService.shared();

    @Test
    void newKeysAreTakenAndAnswered() throws IOException {
        SSLSocket socket = service.connect("TLSv1.3");
        try (RawClient client = RawClient.over(socket).upgrade(HandshakeText.of("/echo"))) {
            for (int i = 0; i < 30; i++) {
                client.assertEchoes("before update " + i);
                socket.startHandshake();
            }
            client.assertEchoes("x".repeat(100_000));
            client.send(ClientFrames.close(CloseCode.NORMAL_CLOSURE, ""));
            client.assertClosed(CloseCode.NORMAL_CLOSURE);
        }
    }

    /** Each takes the loop a hundred times as long as a small record. */
    @Test
    void nothingButNewKeysIsAFault() throws IOException {
        assertLost("TLSv1.3", 100, new byte[0]);
    }

    /** A message between them costs the client next to nothing. */
    @Test
    void norAreNewKeysAfterEachMessage() throws IOException {
        assertLost("TLSv1.3", 1000, ClientFrames.pong("between"));
    }

    /** It costs as much as a connection, and would run on the event loop. */
    @Test
    void aRenegotiationIsRefused() throws IOException {
        assertLost("TLSv1.2", 1, new byte[0]);
    }

    private void assertLost(String protocol, int handshakes, byte[] between) throws IOException {
        Probe probe = Probe.on(Execution.EVENT_LOOP);
        SSLSocket socket = service.connect(protocol);
        try (RawClient client = RawClient.over(socket).upgrade(HandshakeText.of(probe.path()))) {
            probe.assertOpened();
            client.sendText("first");
            probe.assertText("first");
            handshake(socket, handshakes, between);
            probe.assertLost();
        }
    }

    private static void handshake(SSLSocket socket, int times, byte[] between) {
        try {
            for (int i = 0; i < times; i++) {
                socket.startHandshake();
                socket.getOutputStream().write(between);
            }
        } catch (IOException e) {
            // the service has ended the connection by then
        }
    }
}
