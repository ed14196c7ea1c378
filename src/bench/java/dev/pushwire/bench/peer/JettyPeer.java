package dev.pushwire.bench.peer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty's own WebSocket API on its core server, without servlets. */
public final class JettyPeer {
    /** A client that is this many frames behind is disconnected. */
    private static final int LARGEST_BACKLOG = 4096;

    private JettyPeer() {}

    /**
     * Serves until it is stopped.
     *
     * @param arguments port, largest message
     */
    public static void main(String[] arguments) throws Exception {
        int largestMessage = Integer.parseInt(arguments[1]);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(arguments[0]));
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
        ContextHandler root = new ContextHandler("/");
        root.setHandler(WebSocketUpgradeHandler.from(server, root, container -> {
            container.setMaxTextMessageSize(largestMessage);
            container.setMaxBinaryMessageSize(largestMessage);
            container.setMaxFrameSize(largestMessage);
            container.setIdleTimeout(Duration.ofMinutes(10));
            container.addMapping("/echo", (request, response, callback) -> new Echo());
            container.addMapping("/chat", (request, response, callback) -> new Chat());
        }));
        server.setHandler(root);
        server.start();
        server.join();
    }

    /** Public, since Jetty requires it. */
    public static final class Echo extends Session.Listener.AbstractAutoDemanding {
        @Override
        public void onWebSocketText(String text) {
            getSession().sendText(text, Callback.NOOP);
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            getSession().sendBinary(payload, callback);
        }
    }

    /** Public, since Jetty requires it. */
    public static final class Chat extends Session.Listener.AbstractAutoDemanding {
        private static final Set<Chat> MEMBERS = ConcurrentHashMap.newKeySet();

        private final Callback whenSent = Callback.from(() -> {}, failure -> giveUp());

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            session.setMaxOutgoingFrames(LARGEST_BACKLOG); // beyond it a send fails
            MEMBERS.add(this);
        }

        @Override
        public void onWebSocketText(String text) {
            for (Chat member : MEMBERS) {
                member.getSession().sendText(text, member.whenSent);
            }
        }

        private void giveUp() {
            if (MEMBERS.remove(this)) {
                getSession().disconnect();
            }
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            MEMBERS.remove(this);
            callback.succeed();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            MEMBERS.remove(this);
        }
    }
}
