package dev.pushwire.bench.peer;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xnio.Options;

/** Undertow's own WebSocket API, without servlets. */
public final class UndertowPeer {
    /** A client that is this many bytes behind is disconnected. */
    private static final int LARGEST_BACKLOG = 1 << 20;

    private static final String BACKLOG = "backlog";

    private UndertowPeer() {}

    /**
     * Serves until it is stopped.
     *
     * @param arguments port, largest message
     */
    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.SEVERE);
        int largestMessage = Integer.parseInt(arguments[1]);
        Undertow.builder()
                .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1")
                .setIoThreads(Threads.eventLoops())
                .setSocketOption(Options.BACKLOG, 4096)
                .setHandler(Handlers.path()
                        .addExactPath("/echo", endpoint(new Echo(largestMessage)))
                        .addExactPath("/chat", endpoint(new Chat(largestMessage))))
                .build()
                .start();
    }

    private static WebSocketProtocolHandshakeHandler endpoint(Endpoint endpoint) {
        return Handlers.websocket((exchange, channel) -> {
                    channel.setAttribute(BACKLOG, new AtomicLong());
                    channel.getReceiveSetter().set(endpoint);
                    channel.resumeReceives();
                })
                .addExtension(new PerMessageDeflateHandshake());
    }

    private abstract static class Endpoint extends AbstractReceiveListener {
        private final int largestMessage;

        Endpoint(int largestMessage) {
            this.largestMessage = largestMessage;
        }

        @Override
        protected long getMaxTextBufferSize() {
            return largestMessage;
        }

        @Override
        protected long getMaxBinaryBufferSize() {
            return largestMessage;
        }
    }

    private static final class Echo extends Endpoint {
        Echo(int largestMessage) {
            super(largestMessage);
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            WebSockets.sendText(message.getData(), channel, null);
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            var data = message.getData();
            WebSockets.sendBinary(data.getResource(), channel, new WhenSent(data::close));
        }
    }

    private static final class Chat extends Endpoint {
        Chat(int largestMessage) {
            super(largestMessage);
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            ByteBuffer text = ByteBuffer.wrap(message.getData().getBytes(StandardCharsets.UTF_8));
            for (WebSocketChannel member : channel.getPeerConnections()) {
                send(text, member);
            }
        }

        private static void send(ByteBuffer text, WebSocketChannel member) {
            AtomicLong backlog = (AtomicLong) member.getAttribute(BACKLOG);
            int size = text.remaining();
            if (backlog.addAndGet(size) > LARGEST_BACKLOG) {
                closeQuietly(member);
            } else {
                WebSockets.sendText(text.duplicate(), member, new WhenSent(() -> backlog.addAndGet(-size)));
            }
        }

        private static void closeQuietly(WebSocketChannel member) {
            try {
                member.close();
            } catch (IOException e) {
                System.err.println(e);
            }
        }
    }

    private record WhenSent(Runnable then) implements WebSocketCallback<Void> {
        @Override
        public void complete(WebSocketChannel channel, @Nullable Void context) {
            then.run();
        }

        @Override
        public void onError(WebSocketChannel channel, @Nullable Void context, Throwable error) {
            then.run();
        }
    }
}
