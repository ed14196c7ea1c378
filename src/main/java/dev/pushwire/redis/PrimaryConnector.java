package dev.pushwire.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Finds the servers of the partitions, and connects to each of them directly. It does so in a cluster, too: a command
 * must not follow a slot that moves to a server whose life is not known.
 */
final class PrimaryConnector implements AutoCloseable {
    private final AbstractRedisClient client;
    private final int partitions;
    private final RedisClient direct;

    /** A connector for all partitions. */
    PrimaryConnector(AbstractRedisClient client) {
        this(client, Keys.PARTITIONS);
    }

    /** @param partitions how many partitions, from the first one */
    PrimaryConnector(AbstractRedisClient client, int partitions) {
        this.client = client;
        this.partitions = partitions;
        switch (client) {
            case RedisClient single -> direct = single;
            case RedisClusterClient cluster -> {
                direct = RedisClient.create(cluster.getResources());
                direct.setOptions(cluster.getOptions());
            }
            default -> throw new IllegalArgumentException("Not a client of this broker: " + client);
        }
    }

    /**
     * Connects. This may take as long as the client's connect timeout for each server.
     *
     * @param messages see {@link ServerConnections}
     * @param lost see {@link ServerConnections}
     * @return the server of each partition
     * @throws RuntimeException if one cannot be reached; then none is connected
     */
    List<ServerConnections> connect(BiPredicate<String, byte[]> messages, Runnable lost) {
        if (!(client instanceof RedisClusterClient cluster)) {
            ServerConnections only = connect(
                    () -> direct.connect(Command.CODEC), () -> direct.connectPubSub(Command.CODEC), messages, lost);
            return Collections.nCopies(partitions, only);
        }
        cluster.refreshPartitions();
        Map<RedisURI, ServerConnections> servers = new HashMap<>();
        List<ServerConnections> all = new ArrayList<>();
        try {
            for (int partition = 0; partition < partitions; partition++) {
                all.add(servers.computeIfAbsent(
                        master(cluster, partition),
                        uri -> connect(
                                () -> direct.connect(Command.CODEC, uri),
                                () -> direct.connectPubSub(Command.CODEC, uri),
                                messages,
                                lost)));
            }
        } catch (RuntimeException | Error e) {
            servers.values().forEach(ServerConnections::close);
            throw e;
        }
        return List.copyOf(all);
    }

    private static RedisURI master(RedisClusterClient cluster, int partition) {
        RedisClusterNode node = cluster.getPartitions().getMasterBySlot(SlotHash.getSlot(Keys.clock(partition)));
        if (node == null) {
            throw new RedisException("No server of the cluster has the slot of partition " + partition);
        }
        return node.getUri();
    }

    private static ServerConnections connect(
            Supplier<StatefulRedisConnection<String, byte[]>> asking,
            Supplier<StatefulRedisPubSubConnection<String, byte[]>> told,
            BiPredicate<String, byte[]> messages,
            Runnable lost) {
        StatefulRedisConnection<String, byte[]> first = asking.get();
        try {
            return new ServerConnections(first, told.get(), messages, lost);
        } catch (RuntimeException | Error e) {
            first.close();
            throw e;
        }
    }

    /** Closes what belongs to this connector, and not the client. */
    @Override
    public void close() {
        if (direct != client) {
            direct.shutdown();
        }
    }
}
