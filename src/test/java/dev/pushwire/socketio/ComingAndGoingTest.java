package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.socketio.TestServer.TestClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that connect, join a room and are cut off leave nothing behind. With {@code CYCLES} as many as wanted do. */
@Timeout(600)
class ComingAndGoingTest {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int CYCLES = Integer.parseInt(System.getenv().getOrDefault("CYCLES", "6000"));

    private final TestServer test = new TestServer();

    /** Has each socket join a room of its own, and one of all. */
    private static class Joining {
        @OnConnect
        void connected(Socket socket) {
            socket.join("r" + socket.id(), "all");
            socket.emit("welcome", socket.id());
        }
    }

    @SocketIoNamespace(pattern = "/plain-.+")
    private static final class Plain extends Joining {}

    @SocketIoNamespace(pattern = "/again-.+", recovers = true)
    private static final class Recovering extends Joining {}

    @BeforeEach
    void serve() {
        test.server.serve(List.of(new Plain(), new Recovering()));
    }

    private void comeAndGo(int count) {
        for (int i = 0; i < count; i++) {
            TestClient client = test.open();
            client.send("40/plain-" + i % 100 + ",", "40/again-" + i % 10 + ",");
            if (i % 1000 == 0) {
                client.awaitStart("42/again-"); // the others may go while their handlers run
            }
            client.cut();
            if (i % 1000 == 999) {
                settle();
                test.told.clear();
            }
        }
        settle();
    }

    private void settle() {
        test.engine.sweep(System.nanoTime());
        test.server.tidyUp(System.nanoTime() + LONG.toNanos());
    }

    @Test
    void leaveNothingBehind() {
        comeAndGo(CYCLES / 4);
        long before = heap();
        comeAndGo(CYCLES);
        await().atMost(Duration.ofSeconds(30)).until(() -> test.server.activeNamespaces() == 0);
        assertThat(test.server.activeRooms()).isZero();
        assertThat(test.engine.activeSessions()).isZero();
        assertThat(test.server.sessionsAway()).isZero();
        assertThat(test.server.recoveryBytes()).isZero();
        assertThat(test.server.recovery().sessions().connected()).isZero();
        assertThat(test.server.awaitedCollections()).isZero();
        assertThat(heap() - before).isLessThan(2_000_000 + CYCLES * 20L);
    }

    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
