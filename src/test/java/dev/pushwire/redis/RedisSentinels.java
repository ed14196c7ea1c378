package dev.pushwire.redis;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A master, its replica, and a sentinel that puts the one in the other's place when it does not answer. */
final class RedisSentinels implements AutoCloseable {
    private static final String NAME = "pushwire";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisServer master;
    private final RedisServer replica;
    private final RedisServer sentinel;

    private RedisSentinels(Path folder, String... options) {
        master = server(folder, options, "--appendonly", "no", "--repl-diskless-sync-delay", "0");
        replica = server(folder, options, "--appendonly", "no", "--replicaof", "127.0.0.1 " + master.port());
        await().atMost(PATIENCE).until(() -> info(replica).contains("master_link_status:up"));
        sentinel = RedisServer.startSentinelBelow(folder, """
                sentinel monitor %1$s 127.0.0.1 %2$d 1
                sentinel down-after-milliseconds %1$s 500
                sentinel failover-timeout %1$s 3000
                """.formatted(NAME, master.port()));
        await().atMost(PATIENCE).until(this::knowsReplica);
    }

    /** @param options of master and replica */
    static RedisSentinels start(Path folder, String... options) {
        return new RedisSentinels(folder, options);
    }

    private static RedisServer server(Path folder, String[] options, String... own) {
        return RedisServer.startBelow(
                folder, Stream.concat(Stream.of(own), Stream.of(options)).toArray(String[]::new));
    }

    private static String info(RedisServer server) {
        return server.request(redis -> redis.info("replication"));
    }

    private boolean knowsReplica() {
        RedisClient client = RedisClient.create();
        try (StatefulRedisSentinelConnection<String, String> connection = client.connectSentinel(sentinel.uri())) {
            List<Map<String, String>> replicas = connection.sync().replicas(NAME);
            return replicas.stream()
                    .anyMatch(each -> each.get("flags").equals("slave")
                            && each.get("port").equals(Integer.toString(replica.port())));
        } finally {
            client.shutdown(Duration.ZERO, RedisServer.TIMEOUT);
        }
    }

    RedisServer master() {
        return master;
    }

    RedisServer replica() {
        return replica;
    }

    RedisServer sentinel() {
        return sentinel;
    }

    static String name() {
        return NAME;
    }

    /** From now on the replica gets nothing of what is written. */
    void cutReplicaOff() {
        replica.pause();
        master.request(redis -> redis.clientKill(KillArgs.Builder.typeSlave()));
    }

    boolean replicaIsMaster() {
        return info(replica).contains("role:master");
    }

    /** A client as the broker needs it. */
    RedisClient client() {
        return RedisServer.client(RedisURI.builder()
                .withSentinel("127.0.0.1", sentinel.port())
                .withSentinelMasterId(NAME)
                .withTimeout(RedisServer.TIMEOUT)
                .build());
    }

    @Override
    public void close() {
        sentinel.close();
        replica.close();
        master.close();
    }
}
