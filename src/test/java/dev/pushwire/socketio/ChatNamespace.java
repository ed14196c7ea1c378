package dev.pushwire.socketio;

import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A namespace whose handlers note that they were called, and fail or wait as clients want them to. */
@SocketIoNamespace("/chat")
final class ChatNamespace {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch gate = new CountDownLatch(1);
    volatile @Nullable Socket socket;

    @BeforeConnect
    void before(Socket connecting) throws ConnectRefusedException {
        calls.add("before " + connecting.isConnected());
    }

    @OnConnect
    void connected(Socket connected) {
        socket = connected;
        calls.add("connected " + connected.isConnected());
    }

    @OnEvent("join")
    void join(Socket from, String room) {
        from.join(room);
    }

    @OnEvent("wait")
    void waitForTheGate() throws InterruptedException {
        gate.await();
        calls.add("waited");
    }

    @OnEvent("sum")
    int sum(int a, Integer b) {
        return a + (b == null ? 0 : b);
    }

    @OnEvent("later")
    CompletionStage<String> later(String text) {
        return CompletableFuture.supplyAsync(() -> text + "!");
    }

    @OnEvent("fail")
    void fail() {
        throw new IllegalStateException("on purpose");
    }

    @OnEvent("die")
    void die() {
        throw new StackOverflowError("on purpose");
    }

    @OnDisconnecting
    void leaving(Socket left, DisconnectReason reason) {
        calls.add("leaving " + reason.text() + " " + left.rooms().contains("r") + " " + left.isConnected());
    }

    @OnDisconnect
    void left(Socket left) {
        calls.add("left " + left.rooms().contains("r"));
    }

    /** The socket of a client that has just connected. */
    Socket socketOf(Session connection) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> socket instanceof ServerSocket connected && connected.connection() == connection);
        return Objects.requireNonNull(socket);
    }

    /** Serves a namespace for each letter. */
    @SocketIoNamespace(pattern = "/[a-z]")
    static final class Letters {}
}
