package dev.pushwire.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.CommandEncoder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.lettuce.core.tracing.Tracing;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;

/** What is asked of the Redis client of this room. */
public final class ClientSettings {
    /** Commands after which they are sent, whether others follow at once or not: some 100 KB of the usual ones. */
    private static final int MOST_IN_ONE_WRITE = 256;

    private ClientSettings() {}

    /**
     * That it does not send again by itself what it has no answer to. A publication would then be made twice. And that it gives each
     * command up in time: nobody here waits with a clock of his own, since on a virtual thread that costs more than the command.
     */
    public static void options(ClientOptions.Builder options) {
        options.autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled());
    }

    /**
     * The application's, without what costs more than the commands themselves: each is neither observed nor timed, since
     * {@link dev.pushwire.broker.TimedBroker} tells how long Redis takes; and those that are there at once share a write.
     */
    public static ClientResources resources(ClientResources applications) {
        NettyCustomizer theirs = applications.nettyCustomizer();
        return applications
                .mutate()
                .tracing(Tracing.disabled())
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterBootstrapInitialized(Bootstrap bootstrap) {
                        theirs.afterBootstrapInitialized(bootstrap);
                    }

                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        theirs.afterChannelInitialized(channel);
                        shareWrites(channel.pipeline());
                    }
                })
                .build();
    }

    /** A command alone waits for none: the write follows as soon as the loop has put those in that it had been given. */
    private static void shareWrites(ChannelPipeline pipeline) {
        String encoder = pipeline.context(CommandEncoder.class).name();
        pipeline.addBefore(encoder, "shared-writes", new FlushConsolidationHandler(MOST_IN_ONE_WRITE, true));
    }
}
