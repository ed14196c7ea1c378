package dev.pushwire.bench.peer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends every message to all clients. A message is encoded once, and goes to each event loop as one task, which writes
 * to that loop's channels. They are flushed when the loop has done all such tasks that it had.
 */
final class NettyChat extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    private static final Map<EventLoop, Members> BY_LOOP = new ConcurrentHashMap<>();

    private boolean compressed;
    private @Nullable Members members; // the members of its own loop

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        compressed = context.pipeline().get(WebSocketExtensionEncoder.class) != null;
        members = BY_LOOP.computeIfAbsent(context.channel().eventLoop(), Members::new);
        members.channels.add(context.channel());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (members != null) {
            members.channels.remove(context.channel());
        }
        super.channelInactive(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        if (compressed) {
            // A compressor belongs to its channel: it has to see the frame, not the bytes.
            BY_LOOP.values().forEach(each -> each.send(frame.retain()));
            return;
        }
        ByteBuf encoded = encode(context, frame.content());
        BY_LOOP.values().forEach(each -> each.send(encoded.retain()));
        encoded.release();
    }

    /** A whole frame, which the pipeline's encoder passes on unchanged. */
    private static ByteBuf encode(ChannelHandlerContext context, ByteBuf payload) {
        int length = payload.readableBytes();
        ByteBuf frame = context.alloc().directBuffer(10 + length).writeByte(0x81);
        if (length < 126) {
            frame.writeByte(length);
        } else if (length <= 0xFFFF) {
            frame.writeByte(126).writeShort(length);
        } else {
            frame.writeByte(127).writeLong(length);
        }
        return frame.writeBytes(payload);
    }

    /** A client that is too far behind is disconnected. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        NettyPeer.closeAfter(context, cause);
    }

    /** The channels of one event loop. Only that loop's thread uses them. */
    private static final class Members {
        private final EventLoop loop;
        private final Set<Channel> channels = new LinkedHashSet<>();
        private boolean flushDue;

        Members(EventLoop loop) {
            this.loop = loop;
        }

        void send(ByteBuf frame) {
            loop.execute(() -> {
                for (Channel channel : channels) { // a channel that a write closes is removed later
                    channel.write(frame.retainedDuplicate(), channel.voidPromise());
                }
                frame.release();
                flushLater();
            });
        }

        void send(TextWebSocketFrame frame) {
            loop.execute(() -> {
                for (Channel channel : channels) {
                    channel.write(frame.retainedDuplicate(), channel.voidPromise());
                }
                frame.release();
                flushLater();
            });
        }

        private void flushLater() {
            if (!flushDue) {
                flushDue = true;
                loop.execute(() -> {
                    flushDue = false;
                    for (Channel channel : channels) {
                        channel.flush();
                    }
                });
            }
        }
    }
}
