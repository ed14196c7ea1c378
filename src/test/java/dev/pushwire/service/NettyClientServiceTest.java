package dev.pushwire.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;

/** Netty's client. */
class NettyClientServiceTest extends ForeignClientContract {
    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private static final int LARGEST_FRAME = 2 * 1024 * 1024;

    @AfterAll
    static void stop() {
        LOOPS.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Override
    ForeignClient connect(RunningService service, String path, String subprotocol) {
        WebSocketClientHandshaker handshaker = WebSocketClientHandshakerFactory.newHandshaker(
                service.ws(path),
                WebSocketVersion.V13,
                subprotocol.isEmpty() ? null : subprotocol,
                false,
                EmptyHttpHeaders.INSTANCE,
                LARGEST_FRAME);
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        Channel channel = new Bootstrap()
                .group(LOOPS)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline()
                                .addLast(
                                        new HttpClientCodec(),
                                        new HttpObjectAggregator(8192),
                                        new WebSocketClientProtocolHandler(handshaker, false, false),
                                        new Reporter(events));
                    }
                })
                .connect(service.address())
                .syncUninterruptibly()
                .channel();
        NettyClient client = new NettyClient(channel, handshaker, events);
        if (!client.next().equals("open")) {
            throw new AssertionError("No handshake");
        }
        return client;
    }

    private static final class Reporter extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final BlockingQueue<String> events;

        Reporter(BlockingQueue<String> events) {
            this.events = events;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                events.add("open");
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            switch (frame) {
                case TextWebSocketFrame text -> events.add("text " + text.text());
                case BinaryWebSocketFrame binary -> events.add("binary " + ByteBufUtil.hexDump(binary.content()));
                case PongWebSocketFrame pong ->
                    events.add("pong " + pong.content().toString(UTF_8));
                case CloseWebSocketFrame close -> events.add("close " + close.statusCode() + " " + close.reasonText());
                default -> events.add("unexpected " + frame);
            }
        }
    }

    private record NettyClient(Channel channel, WebSocketClientHandshaker handshaker, BlockingQueue<String> events)
            implements ForeignClient {
        @Override
        public String subprotocol() {
            String actual = handshaker.actualSubprotocol();
            return actual == null ? "" : actual;
        }

        @Override
        public void sendText(String text) {
            channel.writeAndFlush(new TextWebSocketFrame(text));
        }

        @Override
        public void sendBinary(byte[] data) {
            channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(data)));
        }

        @Override
        public void sendFragments(String first, String second) {
            channel.write(new TextWebSocketFrame(false, 0, first));
            channel.writeAndFlush(new ContinuationWebSocketFrame(true, 0, second));
        }

        @Override
        public void ping(String payload) {
            channel.writeAndFlush(new PingWebSocketFrame(Unpooled.copiedBuffer(payload, UTF_8)));
        }

        @Override
        public void sendClose(int code, String reason) {
            channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
        }

        @Override
        public String next() {
            return Events.next(events);
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
