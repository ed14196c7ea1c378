package dev.pushwire.bench.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** Netty with its own WebSocket codec. A third argument names the transport, epoll or nio; two more, for TLS, a key store and its password. */
public final class NettyPeer {
    private static final int LARGEST_REQUEST = 8192;
    /** A client that is this many bytes behind is disconnected. */
    private static final int LARGEST_BACKLOG = 1 << 20;

    private NettyPeer() {}

    /**
     * Serves until it is stopped.
     *
     * @param arguments port, largest message, transport; for TLS the path of a key store, and its password
     */
    public static void main(String[] arguments) throws InterruptedException, IOException, GeneralSecurityException {
        boolean epoll = arguments[2].equals("epoll");
        IoHandlerFactory factory = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup acceptor = new MultiThreadIoEventLoopGroup(1, factory);
        EventLoopGroup workers = new MultiThreadIoEventLoopGroup(Threads.eventLoops(), factory);
        new ServerBootstrap()
                .group(acceptor, workers)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(LARGEST_BACKLOG / 2, LARGEST_BACKLOG))
                .childHandler(new Pipeline(
                        Integer.parseInt(arguments[1]), arguments.length > 3 ? tls(arguments[3], arguments[4]) : null))
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static SslContext tls(String store, String password) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(new File(store), password.toCharArray()), password.toCharArray());
        return SslContextBuilder.forServer(keys).sslProvider(SslProvider.JDK).build();
    }

    private static final class Pipeline extends ChannelInitializer<SocketChannel> {
        private final int largestMessage;
        private final WebSocketServerProtocolConfig config;
        private final @Nullable SslContext tls;

        Pipeline(int largestMessage, @Nullable SslContext tls) {
            this.tls = tls;
            this.largestMessage = largestMessage;
            this.config = WebSocketServerProtocolConfig.newBuilder()
                    .websocketPath("/")
                    .checkStartsWith(true)
                    .allowExtensions(true)
                    .decoderConfig(WebSocketDecoderConfig.newBuilder()
                            .maxFramePayloadLength(largestMessage)
                            .allowExtensions(true)
                            .build())
                    .build();
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            if (tls != null) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            }
            channel.pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
                    .addLast(new WebSocketServerCompressionHandler(largestMessage))
                    .addLast(new WebSocketServerProtocolHandler(config))
                    .addLast(new WebSocketFrameAggregator(largestMessage))
                    .addLast(new Router());
        }
    }

    /** Replaces itself with the endpoint once the handshake is done. */
    private static final class Router extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete handshake) {
                boolean chat = handshake.requestUri().equals("/chat");
                context.pipeline().replace(this, "endpoint", chat ? new NettyChat() : new Echo());
            }
            super.userEventTriggered(context, event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            closeAfter(context, cause);
        }
    }

    /** Writes each frame back, and flushes once for all frames of one read. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object frame) {
            context.write(frame, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        /** A client that does not read is not read from. */
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            closeAfter(context, cause);
        }
    }

    static void closeAfter(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            System.err.println(cause);
        }
        context.close();
    }
}
