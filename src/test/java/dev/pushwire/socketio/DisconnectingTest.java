package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.socketio.TestServer.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Connections with sockets of several namespaces are ended. */
class DisconnectingTest {
    private final TestServer test = new TestServer();

    /** Each ends sockets of the other's namespace, too, while the other one ends its own. */
    @Test
    void fromTwoNamespacesAtOnceEndsAll() throws InterruptedException {
        test.serving();
        for (int round = 0; round < 10; round++) {
            List<TestClient> clients = Stream.generate(this::inBoth).limit(5).toList();
            CyclicBarrier barrier = new CyclicBarrier(2);
            List<Thread> threads = Stream.of("/again-a", "/again-b")
                    .map(name -> Thread.ofPlatform().daemon().start(() -> {
                        awaitAll(barrier);
                        test.io.of(name).disconnectSockets(true);
                    }))
                    .toList();
            for (Thread thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
            }
            clients.forEach(
                    client -> await().atMost(Duration.ofSeconds(30)).until(() -> client.session.closedWith() != null));
        }
    }

    private TestClient inBoth() {
        TestClient client = test.connect("/again-a");
        client.send("40/again-b,").awaitStart("40/again-b");
        return client;
    }

    private static void awaitAll(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }
}
