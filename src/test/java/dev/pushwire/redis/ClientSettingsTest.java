package dev.pushwire.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientSettingsTest {
    private static RedisServer server;
    private static ClientResources applications;
    private static RedisClient client;

    /** The channel of the connection, as the application's own customizer has seen it. */
    private static Channel channel;

    private static final AtomicInteger writes = new AtomicInteger();

    @BeforeAll
    static void begin(@TempDir Path folder) {
        server = RedisServer.startBelow(folder);
        applications = DefaultClientResources.builder()
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel made) {
                        channel = made;
                        made.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                            @Override
                            public void flush(ChannelHandlerContext context) {
                                writes.incrementAndGet();
                                context.flush();
                            }
                        });
                    }
                })
                .build();
        client = RedisClient.create(ClientSettings.resources(applications), server.uri());
    }

    @AfterAll
    static void end() throws Exception {
        client.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
        applications.shutdown(0, 2, SECONDS).get(30, SECONDS);
        server.close();
    }

    @Test
    void commandsAreNeitherObservedNorTimed() {
        assertThat(client.getResources().tracing().isEnabled()).isFalse();
        assertThat(client.getResources().commandLatencyRecorder().isEnabled()).isFalse();
    }

    @Test
    void commandsThatAreThereAtOnceShareAWrite() throws Exception {
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().ping();
            CountDownLatch go = new CountDownLatch(1);
            channel.eventLoop().execute(() -> {
                try {
                    assertThat(go.await(30, SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            int before = writes.get();
            List<Future<String>> answers = IntStream.range(0, 100)
                    .<Future<String>>mapToObj(i -> connection.async().echo("command " + i))
                    .toList();
            go.countDown();
            for (int i = 0; i < 100; i++) {
                assertThat(answers.get(i).get(30, SECONDS)).isEqualTo("command " + i);
            }
            assertThat(writes.get() - before).isEqualTo(1);
        }
    }

    @Test
    void aCommandAloneWaitsForNoOther() throws Exception {
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().ping();
            int before = writes.get();
            assertThat(connection.async().ping().get(30, SECONDS)).isEqualTo("PONG");
            await().untilAsserted(() -> assertThat(writes.get() - before).isEqualTo(1));
        }
    }

    /** Else they would wait as long as the client's connections do by themselves: a minute. */
    @Test
    void whatIsNotAnsweredInTheBrokersTimeIsGivenUp(@TempDir Path folder) {
        try (RedisServer silent = RedisServer.startBelow(folder)) {
            RedisClient patient = RedisServer.client(RedisURI.create("127.0.0.1", silent.port()));
            try (RedisBroker broker =
                    new RedisBroker(patient, topic -> Retention.NONE, Duration.ofMillis(200), Duration.ofHours(1))) {
                await().atMost(Duration.ofSeconds(30)).until(broker::isAvailable);
                silent.pause();
                assertThatExceptionOfType(BrokerUnavailableException.class)
                        .isThrownBy(() -> broker.history(new TopicName("news"), null, 1))
                        .withRootCauseInstanceOf(RedisCommandTimeoutException.class);
                silent.goOn();
            } finally {
                patient.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
            }
        }
    }
}
