package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SocketTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Socket socket = new Socket(new Socket.Owner() {
        @Override
        public void opened(Socket socket) {
            told.add("opened");
        }

        @Override
        public void received(Socket socket, String line) {
            told.add(line);
            if (line.equals("cut")) {
                socket.abort();
            }
        }

        @Override
        public void ended(Socket socket, int code, String reason) {
            told.add("ended " + code);
        }
    });

    /** A WebSocket over a broken connection, of which the listener is never told. */
    private static WebSocket broken() {
        return (WebSocket) Proxy.newProxyInstance(
                SocketTest.class.getClassLoader(), new Class<?>[] {WebSocket.class}, (_, method, _) -> {
                    return method.getName().startsWith("send")
                            ? CompletableFuture.failedFuture(new IOException("Broken pipe"))
                            : null;
                });
    }

    @Test
    void endsWhenSendingFails() {
        socket.onOpen(broken());
        socket.send("one");
        socket.send("two");
        await().untilAsserted(() -> assertThat(told).containsExactly("opened", "ended 1006"));
        assertThat(socket.isOver()).isTrue();
    }

    @Test
    void handsOnNothingBehindItsEnd() {
        socket.onOpen(broken());
        socket.onText(broken(), "one\ncut\nthree", true);
        assertThat(told).containsExactly("opened", "one", "cut", "ended 1006");
    }
}
