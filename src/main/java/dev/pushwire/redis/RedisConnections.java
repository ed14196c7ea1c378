package dev.pushwire.redis;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.TopicName;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;

/**
 * The two connections to Redis, one to ask and one to be told, from when both are there until one of them is lost: then both
 * are given up. So one of these belongs to one life of each server, and nothing that was asked is asked again behind our back.
 * Thread-safe.
 */
final class RedisConnections implements AutoCloseable {
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final String INFO = "return redis.call('INFO', 'server')";
    private static final int FIRST_WITH_SHARDED_CHANNELS = 7;

    private final Duration timeout;
    private final StatefulConnection<String, byte[]> asking;
    private final RedisClusterAsyncCommands<String, byte[]> commands;
    private final StatefulRedisPubSubConnection<String, byte[]> told;
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private final String[] incarnations = new String[Keys.PARTITIONS];
    private final boolean sharded;

    /**
     * Connects, which may take as long as the client's connect timeout.
     *
     * @param messages is given what comes over channels, by channel, and says whether to go on; must not wait
     * @throws RuntimeException when there is no connection to be had
     */
    RedisConnections(AbstractRedisClient client, Duration timeout, BiPredicate<String, byte[]> messages) {
        this.timeout = timeout;
        switch (client) {
            case RedisClusterClient cluster -> {
                StatefulRedisClusterConnection<String, byte[]> connection = cluster.connect(CODEC);
                asking = connection;
                commands = connection.async();
                told = cluster.connectPubSub(CODEC);
            }
            case RedisClient single -> {
                StatefulRedisConnection<String, byte[]> connection = single.connect(CODEC);
                asking = connection;
                commands = connection.async();
                told = single.connectPubSub(CODEC);
            }
            default -> throw new IllegalArgumentException("Not a client of this broker: " + client);
        }
        told.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, byte[] message) {
                take(channel, message, messages);
            }

            @Override
            public void smessage(String channel, byte[] message) {
                take(channel, message, messages);
            }
        });
        RedisConnectionStateListener watch = new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(io.lettuce.core.RedisChannelHandler<?, ?> connection) {
                lose();
            }
        };
        asking.addListener(watch);
        told.addListener(watch);
        try {
            sharded = meetServers(client instanceof RedisClusterClient);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void take(String channel, byte[] message, BiPredicate<String, byte[]> messages) {
        if (!messages.test(channel, message)) {
            lose();
        }
    }

    /** Finds out which life of which server each partition is on; returns whether they know sharded channels. */
    private boolean meetServers(boolean cluster) {
        boolean all = true;
        for (int partition = 0; partition < Keys.PARTITIONS; partition++) {
            if (partition > 0 && !cluster) {
                incarnations[partition] = incarnations[0];
                continue;
            }
            String[] key = {Keys.leases(partition)};
            byte[] info = await(commands.eval(INFO, ScriptOutputType.VALUE, key, new byte[0]));
            String text = new String(info, StandardCharsets.US_ASCII);
            incarnations[partition] = field(text, "run_id");
            String version = field(text, "redis_version");
            all &= Integer.parseInt(version.substring(0, version.indexOf('.'))) >= FIRST_WITH_SHARDED_CHANNELS;
        }
        return all;
    }

    private static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Redis does not say its " + name));
    }

    /** The life of the server that a topic is on. */
    String incarnation(TopicName topic) {
        return incarnations[Keys.partition(topic)];
    }

    /** The command that scripts publish with. */
    String publishCommand() {
        return sharded ? "SPUBLISH" : "PUBLISH";
    }

    /**
     * Runs a script.
     *
     * @throws BrokerUnavailableException when there is no answer in time, or an error
     */
    Object run(Script script, Collection<String> keys, List<byte[]> arguments) {
        String[] keyArray = keys.toArray(String[]::new);
        byte[][] values = arguments.toArray(byte[][]::new);
        String digest = commands.digest(script.source());
        try {
            return await(commands.evalsha(digest, ScriptOutputType.MULTI, keyArray, values));
        } catch (BrokerUnavailableException e) {
            if (e.getCause() instanceof RedisNoScriptException) {
                return await(commands.eval(script.source(), ScriptOutputType.MULTI, keyArray, values));
            }
            throw e;
        }
    }

    /** The values of a hash. */
    List<byte[]> values(String key) {
        return await(commands.hvals(key));
    }

    /** Has messages of these channels come; waits until that is so. */
    void subscribe(Collection<String> channels) {
        List<? extends Future<Void>> subscriptions = channels.stream()
                .map(channel -> sharded
                        ? told.async().ssubscribe(channel)
                        : told.async().subscribe(channel))
                .toList();
        subscriptions.forEach(this::awaitNothing);
    }

    /** Ends that; does not wait. */
    void unsubscribe(Collection<String> channels) {
        for (String channel : channels) {
            Future<Void> _ =
                    sharded ? told.async().sunsubscribe(channel) : told.async().unsubscribe(channel);
        }
    }

    /** Whether both connections answer. */
    boolean answers() {
        try {
            await(commands.ping());
            await(told.async().ping());
            return true;
        } catch (BrokerUnavailableException e) {
            return false;
        }
    }

    /** Waits until a connection is lost; returns whether one is. */
    boolean awaitLoss(Duration atMost) throws InterruptedException {
        try {
            lost.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    /** Gives both connections up. */
    void lose() {
        lost.complete(null);
    }

    private void awaitNothing(Future<Void> future) {
        try {
            future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private <T> T await(Future<T> future) {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private static BrokerUnavailableException unavailable(Throwable cause) {
        return new BrokerUnavailableException("Redis did not do what it was asked", cause);
    }

    @Override
    public void close() {
        lose();
        CompletableFuture<Void> _ = asking.closeAsync();
        CompletableFuture<Void> _ = told.closeAsync();
    }

    @Override
    public String toString() {
        return "Redis of " + Arrays.stream(incarnations).distinct().toList();
    }
}
