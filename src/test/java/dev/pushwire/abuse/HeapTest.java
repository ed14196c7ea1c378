package dev.pushwire.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.HttpReply;
import dev.pushwire.service.RawClient;
import dev.pushwire.transport.TestCertificate;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with a small heap, in a process of its own, and more clients than the heap holds. */
class HeapTest {
    private static final int HEAP_MEGABYTES = 96;
    private static final int DESCRIPTORS = 8192;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MEGABYTE = 1024 * 1024;
    private static final int SMALL_WINDOW = 4096;
    private static final int LARGE = 200_000;
    private static final int GREEDY_CLIENTS = 60;

    /** More than may connect: 1,536, at 8 KB each in three quarters of the 16 MB that are for clients. */
    private static final int TLS_CLIENTS = 1_600;

    @Test
    void whoComesWhenThereIsNoRoomForTlsIsToldToComeAgain(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.create(directory);
        certificate.write(directory);
        SocketFactory tls = certificate.clientContext().getSocketFactory();
        Queue<RawClient> in = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        try (ServiceProcess service = ServiceProcess.start(
                directory,
                DESCRIPTORS,
                HEAP_MEGABYTES,
                tls,
                "--server.tomcat.mbeanregistry.enabled=true",
                "--pushwire.websocket.ping-interval=0s",
                "--server.ssl.bundle=web",
                "--spring.ssl.bundle.pem.web.keystore.certificate=file:" + directory.resolve("cert.pem"),
                "--spring.ssl.bundle.pem.web.keystore.private-key=file:" + directory.resolve("key.pem"))) {
            AtomicInteger left = new AtomicInteger(TLS_CLIENTS);
            Callable<?> connects = () -> {
                while (left.getAndDecrement() > 0) {
                    RawClient client = service.connect();
                    HttpReply reply = client.ask(HandshakeText.of("/echo"));
                    if (reply.status() == 101) {
                        in.add(client);
                    } else {
                        assertThat(reply.status()).isEqualTo(503);
                        assertThat(reply.header("Retry-After")).isEqualTo("5");
                        client.assertEndOfStream(); // and its TLS buffers are free
                        client.close();
                        refused.incrementAndGet();
                    }
                }
                return null;
            };
            Crowd.concurrently(8, connects);

            assertThat(refused).hasPositiveValue();
            assertThat(in).hasSize((int) service.metric("websocket.connections.limit"));
            assertThat(service.metric("tomcat.connections.config.max"))
                    .as("an eighth of the heap, at 136 KB each")
                    .isEqualTo(HEAP_MEGABYTES * 1024 / 8 / 136);
            assertThat(service.metric("websocket.handshakes", "result:full")).isEqualTo(refused.get());
            in.forEach(client -> client.assertEchoes("still here"));
            assertThat(service.statusOf("/actuator/health/liveness")).isEqualTo(200);
            assertThat(service.statusOf("/actuator/health/readiness")).isEqualTo(503);
            assertThat(service.log()).doesNotContain("OutOfMemoryError").contains("The heap of 96MB is divided: ");
        } finally {
            in.forEach(RawClient::close);
        }
    }

    /**
     * All that clients can make the service keep, at once and far beyond the heap: 36 MB of publications for histories and for
     * subscribers that do not read, 60 MB of unfinished messages, as much of unread echoes.
     */
    @Test
    void whoHoldsMostIsGivenUp(@TempDir Path directory) throws Exception {
        List<RawClient> greedy = new ArrayList<>();
        try (ServiceProcess service = ServiceProcess.start(
                directory,
                DESCRIPTORS,
                HEAP_MEGABYTES,
                SocketFactory.getDefault(),
                "--pushwire.topics[0].name=>",
                "--pushwire.topics[0].history-size=100000",
                "--pushwire.websocket.ping-interval=0s",
                "--pushwire.websocket.close-timeout=2s")) {
            RawClient modest = service.open("/echo");
            greedy.add(modest);
            byte[] message = ClientFrames.binary(new byte[LARGE]);
            byte[] unfinished =
                    ClientFrames.concat(ClientFrames.header(Opcode.BINARY.code(), 900_000), new byte[899_000]);
            for (int i = 0; i < GREEDY_CLIENTS; i++) {
                RawClient neverReads = narrow(service, "/echo");
                RawClient neverEnds = service.open("/echo");
                greedy.addAll(List.of(neverReads, neverEnds, narrow(service, "/topics/news")));
                Thread.ofVirtual().start(() -> sendUntilCutOff(neverReads, message, 50));
                Thread.ofVirtual().start(() -> sendUntilCutOff(neverEnds, unfinished, 1));
                publish(service);
                publish(service);
                publish(service);
            }

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(service.metric("websocket.connections.closed", "ending:ShortOfMemory"))
                                    .isPositive());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(service.metric("websocket.memory"))
                            .isLessThan(service.metric("websocket.memory.limit")));
            assertThat(service.metric("websocket.history")).isGreaterThan(23.0 * MEGABYTE);
            assertThat(service.statusOf("/actuator/health/liveness")).isEqualTo(200);
            service.open("/echo").assertEchoes("new here");
            modest.assertEchoes("still here");
            assertThat(service.log()).doesNotContain("OutOfMemoryError");
        } finally {
            greedy.forEach(RawClient::close);
        }
    }

    private static RawClient narrow(ServiceProcess service, String path) {
        return service.connectNarrowly(SMALL_WINDOW).upgrade(HandshakeText.of(path));
    }

    private static void sendUntilCutOff(RawClient client, byte[] what, int times) {
        try {
            for (int i = 0; i < times; i++) {
                client.send(what);
            }
        } catch (UncheckedIOException e) {
            // the service gave it up, or the test is over
        }
    }

    private static void publish(ServiceProcess service) {
        byte[] message = new byte[LARGE];
        HandshakeText request = new HandshakeText(
                "POST /topics/news HTTP/1.1",
                List.of("Host: localhost", "Content-Length: " + message.length, "Connection: close"));
        try (RawClient client = service.connect()) {
            client.send(request.bytes(), message);
            assertThat(client.readReply().status()).isEqualTo(202);
        }
    }
}
