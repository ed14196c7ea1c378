package dev.pushwire.socketio;

import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** The namespaces of a node; remembers the socket of each client. */
@SocketIoNamespace(pattern = "/test-.+")
final class ServedNamespaces {
    private final Map<Session, Socket> sockets = new ConcurrentHashMap<>();

    @OnConnect
    void connected(Socket socket) {
        sockets.put(((ServerSocket) socket).connection(), socket);
    }

    @OnEvent("sum")
    int sum(int a, int b) {
        return a + b;
    }

    @OnDisconnect
    void left(Socket socket) {
        sockets.remove(((ServerSocket) socket).connection());
    }

    /** The same for namespaces that recover. */
    @SocketIoNamespace(pattern = "/again-.+", recovers = true)
    final class Recovering {
        @OnConnect
        void connected(Socket socket) {
            sockets.put(((ServerSocket) socket).connection(), socket);
        }

        @OnDisconnect
        void left(Socket socket) {
            sockets.remove(((ServerSocket) socket).connection());
        }
    }

    Socket socketOf(Session connection) {
        await().atMost(Duration.ofSeconds(30)).until(() -> sockets.containsKey(connection));
        return Objects.requireNonNull(sockets.get(connection));
    }
}
