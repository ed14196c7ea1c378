package dev.pushwire.transport;

import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HexFormat;

/** Clients that are slow on purpose. The pauses are what is tested; they do not wait for anything. */
public final class Dribble {
    /** In hex digits: a request for a WebSocket that is right so far, with a header that goes on and on. */
    public static final String LONG_HEADER_SECTION =
            hex("GET /echo HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(10_000));

    private Dribble() {}

    /** Sends byte by byte, with that much time in between, until the service takes no more. */
    public static void untilCutOff(RawClient client, String hex, Duration pause, Duration patience)
            throws InterruptedException {
        long start = System.nanoTime();
        for (byte b : ClientFrames.hex(hex)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new AssertionError("The service still listens after " + patience);
            }
            try {
                client.send(new byte[] {b});
            } catch (UncheckedIOException e) {
                return;
            }
            Thread.sleep(pause);
        }
        throw new AssertionError("The service heard all of it");
    }

    /** Sends byte by byte, with that much time in between. */
    public static void send(RawClient client, byte[] bytes, Duration pause) throws InterruptedException {
        for (byte b : bytes) {
            client.send(new byte[] {b});
            Thread.sleep(pause);
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(ClientFrames.utf8(text));
    }
}
