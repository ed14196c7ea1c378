package dev.pushwire.redis;

import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.TopicName;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Three masters that share the slots, and any number of replicas of the first. */
final class RedisCluster implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<RedisServer> servers = new ArrayList<>();

    private RedisCluster(Path folder, int replicas, String... options) {
        List<String> all = new ArrayList<>(
                List.of("--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--appendfsync", "no"));
        all.addAll(List.of(options));
        for (int i = 0; i < MASTERS + replicas; i++) {
            servers.add(RedisServer.startBelow(folder, all.toArray(String[]::new)));
        }
    }

    /** @param options of the servers, besides those of a cluster */
    static RedisCluster start(Path folder, int replicas, String... options) {
        RedisCluster cluster = new RedisCluster(folder, replicas, options);
        try {
            cluster.join(replicas);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void join(int replicas) {
        RedisServer first = servers.getFirst();
        for (int i = 0; i < servers.size(); i++) {
            int epoch = i + 1;
            servers.get(i).request(redis -> redis.clusterSetConfigEpoch(epoch));
        }
        servers.forEach(server -> server.request(redis -> redis.clusterMeet("127.0.0.1", first.port())));
        for (int i = 0; i < MASTERS; i++) {
            int[] slots = IntStream.range(SlotHash.SLOT_COUNT * i / MASTERS, SlotHash.SLOT_COUNT * (i + 1) / MASTERS)
                    .toArray();
            servers.get(i).request(redis -> redis.clusterAddSlots(slots));
        }
        String id = id(first);
        for (int i = 0; i < replicas; i++) {
            RedisServer replica = servers.get(MASTERS + i);
            await().atMost(PATIENCE)
                    .until(() -> replica.request(redis -> redis.clusterNodes().contains(id)));
            replica.request(redis -> redis.clusterReplicate(id));
            await().atMost(PATIENCE)
                    .until(() ->
                            replica.request(redis -> redis.info("replication").contains("master_link_status:up")));
        }
        servers.forEach(server -> await().atMost(PATIENCE).until(() -> knowsAll(server)));
    }

    private boolean knowsAll(RedisServer server) {
        return server.request(redis -> redis.clusterInfo().contains("cluster_state:ok")
                && redis.clusterNodes().lines().count() == servers.size());
    }

    private static String id(RedisServer server) {
        return server.request(redis -> redis.clusterMyId());
    }

    /** The master that some of the slots belong to at first. */
    RedisServer master(int index) {
        return servers.get(index);
    }

    /** A topic on the first master. */
    static TopicName topicOfFirst(String prefix) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> new TopicName(prefix + i))
                .filter(topic -> slot(topic) < SlotHash.SLOT_COUNT / MASTERS)
                .findFirst()
                .orElseThrow();
    }

    static int slot(TopicName topic) {
        return SlotHash.getSlot(Keys.state(topic));
    }

    /** Moves a slot from the first master to the second, with all its keys, as {@code redis-cli --cluster reshard} does. */
    void moveToSecond(int slot) {
        RedisServer from = master(0);
        RedisServer to = master(1);
        String fromId = id(from);
        String toId = id(to);
        to.request(redis -> redis.clusterSetSlotImporting(slot, fromId));
        from.request(redis -> redis.clusterSetSlotMigrating(slot, toId));
        List<String> keys = from.request(redis -> redis.clusterGetKeysInSlot(slot, 100));
        while (!keys.isEmpty()) {
            List<String> some = keys;
            from.request(redis -> redis.migrate("127.0.0.1", to.port(), 0, 5000, MigrateArgs.Builder.keys(some)));
            keys = from.request(redis -> redis.clusterGetKeysInSlot(slot, 100));
        }
        for (RedisServer server : List.of(to, from, master(2))) {
            server.request(redis -> redis.clusterSetSlotNode(slot, toId));
        }
    }

    /** A client as the broker needs it. */
    RedisClusterClient client() {
        RedisClusterClient client = RedisClusterClient.create(
                RedisServer.RESOURCES, servers.stream().map(RedisServer::uri).toList());
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        ClientSettings.options((ClientOptions.Builder) options);
        client.setOptions(options.build());
        return client;
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
    }
}
