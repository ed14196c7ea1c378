package dev.pushwire.redis;

import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.RecordingSubscriber;
import dev.pushwire.broker.Retention;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures how long it takes a node to subscribe to many topics of its own at once: {@code FreshTopics 20000 4} for so many
 * topics, and a Redis that is so many milliseconds away. Not a test.
 */
public final class FreshTopics {
    private FreshTopics() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        Duration oneWay = Duration.ofMillis(Integer.parseInt(arguments[1])).dividedBy(2);
        Path folder = Files.createTempDirectory("fresh-topics");
        try (RedisServer redis = RedisServer.start(folder, "--appendonly", "no");
                Bridge bridge = Bridge.to(redis.port(), oneWay)) {
            RedisURI uri = RedisURI.create("127.0.0.1", oneWay.isZero() ? redis.port() : bridge.port());
            RedisClient client = RedisServer.client(uri);
            try (RedisBroker node = new RedisBroker(
                    client, topic -> new Retention(100, Duration.ofMinutes(5)), Duration.ofSeconds(2))) {
                await().atMost(Duration.ofMinutes(1)).until(node::isAvailable);
                subscribe(node, "warm", Math.min(count, 2000));
                for (String prefix : List.of("a", "b", "c")) {
                    subscribe(node, prefix, count);
                }
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            }
        } finally {
            delete(folder);
        }
    }

    private static void subscribe(RedisBroker node, String prefix, int count) throws Exception {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        long cpu = cpu();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                TopicPattern topic = TopicPattern.exactly(new TopicName(prefix + "." + i));
                all.add(threads.submit(() -> node.subscribe(topic, subscriber)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.printf(
                "%d topics in %d ms, %d a second; %d ms of CPU in this process%n",
                count, millis, count * 1000L / Math.max(1, millis), (cpu() - cpu) / 1_000_000);
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
