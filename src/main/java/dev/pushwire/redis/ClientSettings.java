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

/** The settings of the Redis client that this package needs. */
public final class ClientSettings {
    /**
     * How many commands are sent in one write, whether others follow at once or not: about 100 KB of the usual ones.
     */
    private static final int MOST_IN_ONE_WRITE = 256;

    private ClientSettings() {}

    /**
     * Sets the options. The client must not repeat a command without an answer by itself, since a publication would
     * then be made twice. It must give each command up in time: callers wait without a clock, since on a virtual thread
     * a timed wait costs more than the command.
     */
    public static void options(ClientOptions.Builder options) {
        options.autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled());
    }

    /**
     * The application's resources, without parts that cost more than the commands: commands are neither observed nor
     * timed, since {@link dev.pushwire.broker.TimedBroker} measures Redis. Commands that are there together share a
     * write.
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

    /**
     * A single command does not wait for others: the write follows as soon as the loop has handled what it had been
     * given.
     */
    private static void shareWrites(ChannelPipeline pipeline) {
        String encoder = pipeline.context(CommandEncoder.class).name();
        pipeline.addBefore(encoder, "shared-writes", new FlushConsolidationHandler(MOST_IN_ONE_WRITE, true));
    }
}
