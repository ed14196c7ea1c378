import static java.net.http.HttpResponse.BodyHandlers.discarding;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the application as the image runs it, and sends it requests like those of its first minutes. When it ends, the
 * JVM writes what it has learned into the AOT cache.
 */
final class Training {

    static final String JAR = "pushwire.jar";
    static final String CACHE = "pushwire.aot";

    private static final int MESSAGES = 2_000;
    /** Enough for the JVM to profile the path of a publication. With fewer, it would profile it again at each start. */
    private static final int PUBLICATIONS = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path runtime;
    private final Path app;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String service;
    private final String management;

    Training(Path runtime, Path app) throws IOException {
        this.runtime = runtime;
        this.app = app;
        try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var another = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            service = "127.0.0.1:" + one.getLocalPort();
            management = "127.0.0.1:" + another.getLocalPort();
        }
    }

    /** Returns the path of the cache. */
    Path run() throws Exception {
        Path log = app.getParent().resolveSibling("training.log");
        Process process = start(log);
        try {
            awaitReady(process);
            visit();
        } catch (IllegalStateException | IOException failure) {
            process.destroyForcibly();
            throw new IllegalStateException("the training run failed; its log is " + log, failure);
        }
        process.destroy();
        Path cache = app.resolve(CACHE);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || !Files.exists(cache)) {
            process.destroyForcibly();
            throw new IllegalStateException("the training run left no AOT cache; its log is " + log);
        }
        return cache;
    }

    /**
     * Uses relative paths, as in the image. Absolute paths would be kept in the cache, and every class from it would
     * seem to come from this machine's directories.
     */
    private Process start(Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                runtime.resolve("bin/java").toString(), "-XX:AOTCacheOutput=" + CACHE, "-jar", JAR,
                "--server.address=127.0.0.1", "--server.port=" + port(service),
                "--management.server.address=127.0.0.1", "--management.server.port=" + port(management)));
        command.addAll(TopicsVisit.properties());
        var builder = new ProcessBuilder(command);
        builder.environment().clear(); // the image must not get the flags and properties of the machine that builds it
        return builder.directory(app.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private void awaitReady(Process process) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (get(management, "/actuator/health/readiness") == 200) {
                    return;
                }
            } catch (IOException refused) {
                // it does not listen yet
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the application did not start");
            }
            Thread.sleep(50);
        }
    }

    private void visit() throws Exception {
        for (String path : List.of("/", "/js/main.js", "/topics", "/topics/training", "/nowhere")) {
            get(service, path);
        }
        for (String path : List.of("/echo", "/chat", "/chat/training")) {
            var replies = new Replies();
            WebSocket webSocket = open(path, replies);
            for (int i = 0; i < MESSAGES; i++) {
                webSocket.sendText("message " + i, true).join();
                webSocket.sendBinary(ByteBuffer.wrap(new byte[300]), true).join();
                replies.await(2);
            }
            close(webSocket, replies);
        }
        var publications = new Replies();
        WebSocket subscriber = open("/topics/training", publications);
        for (int i = 0; i < PUBLICATIONS; i++) {
            publish("message " + i);
            publications.await(1);
        }
        close(subscriber, publications);
        new TopicsVisit(http, service).run();
        for (int i = 0; i < MESSAGES / 10; i++) {
            compressedEcho();
        }
        for (String path : List.of("liveness", "readiness", "")) {
            get(management, "/actuator/health/" + path);
        }
        for (String path : List.of("info", "metrics", "prometheus")) {
            get(management, "/actuator/" + path);
        }
    }

    private int get(String host, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://" + host + path)).build();
        return http.send(request, discarding()).statusCode();
    }

    private void publish(String message) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://" + service + "/topics/training"))
                .POST(HttpRequest.BodyPublishers.ofString(message))
                .build();
        int status = http.send(request, discarding()).statusCode();
        if (status != 202) {
            throw new IllegalStateException("a publication was answered with " + status);
        }
    }

    private WebSocket open(String path, Replies replies) {
        return http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + service + path), replies)
                .join();
    }

    private static void close(WebSocket webSocket, Replies replies) throws InterruptedException {
        webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        replies.await(1);
    }

    /** Connects as a browser does: with an Origin, and with compression, which the JDK's client does not support. */
    private void compressedEcho() throws IOException {
        try (var socket = new Socket("127.0.0.1", port(service))) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            var in = socket.getInputStream();
            out.write(("GET /echo HTTP/1.1\r\nHost: " + service + "\r\nOrigin: http://" + service
                            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                            + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                            + "\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            for (int last = 0; last != ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n'); ) { // the end of the reply's head
                int next = in.read();
                if (next < 0) {
                    throw new EOFException("a handshake was not answered");
                }
                last = last << 8 | next;
            }
            // The RFC's "Hello", section 7.2.3.1, masked with zeros, and a Close
            out.write(new byte[] {(byte) 0xC1, (byte) 0x87, 0, 0, 0, 0, (byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9});
            out.write(new byte[] {(byte) 0xc9, 0x07, 0x00, (byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
            in.readAllBytes();
        }
    }

    private static int port(String host) {
        return Integer.parseInt(host.substring(host.indexOf(':') + 1));
    }
}
