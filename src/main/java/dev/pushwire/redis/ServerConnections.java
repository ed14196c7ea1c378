package dev.pushwire.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two connections to one server: one for commands and one for messages. Thread-safe. */
final class ServerConnections {
    private static final Logger log = LoggerFactory.getLogger(ServerConnections.class);

    /**
     * The oldest version: the first whose scripts say whether they may run without memory, and the first with sharded
     * channels.
     */
    private static final int OLDEST = 7;

    private final StatefulRedisConnection<String, byte[]> asking;
    private final StatefulRedisPubSubConnection<String, byte[]> told;
    private final AtomicInteger unsubscribing = new AtomicInteger();
    private final String incarnation;

    /**
     * Takes over new connections, and closes them if it fails.
     *
     * @param messages takes the messages of channels, and returns whether to go on; must not wait
     * @param lost runs when the connections can no longer be used; it may run more than once
     * @throws RedisException if they do not lead to one and the same master
     */
    ServerConnections(
            StatefulRedisConnection<String, byte[]> asking,
            StatefulRedisPubSubConnection<String, byte[]> told,
            BiPredicate<String, byte[]> messages,
            Runnable lost) {
        this.asking = asking;
        this.told = told;
        try {
            listen(messages, lost);
            String info = asking.sync().info();
            incarnation = field(info, "run_id");
            String version = field(info, "redis_version");
            if (Integer.parseInt(version.substring(0, version.indexOf('.'))) < OLDEST) {
                throw new RedisException("Redis " + OLDEST + " or newer is needed, and this is " + version);
            }
            if (!field(info, "role").equals("master")) {
                throw new RedisException("This server is a replica: it is not, or not yet, the one to ask");
            }
            // While another server takes over, the second connection may have been made to that one.
            if (!field(told.sync().info("server"), "run_id").equals(incarnation)) {
                throw new RedisException("Another server has just taken over");
            }
            loadScripts();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void listen(BiPredicate<String, byte[]> messages, Runnable lost) {
        told.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void smessage(String channel, byte[] message) {
                boolean taken = false;
                try {
                    taken = messages.test(channel, message);
                } catch (Throwable t) {
                    log.error(
                            "A message from Redis could not be taken, so this node reads it again over new connections",
                            t);
                }
                if (!taken) {
                    lost.run();
                }
            }

            @Override
            public void sunsubscribed(String channel, long count) {
                if (unsubscribing.decrementAndGet() < 0) {
                    lost.run(); // we did not ask for it: the slot belongs to another server now
                }
            }
        });
        RedisConnectionStateListener watch = new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                lost.run();
            }
        };
        asking.addListener(watch);
        told.addListener(watch);
    }

    /**
     * Loads the scripts, so that many calls at once need not all be repeated. If that is not allowed, they are
     * repeated.
     */
    private void loadScripts() {
        for (Script script : Script.values()) {
            Future<String> _ = asking.async().scriptLoad(script.source());
        }
    }

    private static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new RedisException("Redis does not say its " + name));
    }

    /** The life of the server, which changes with each restart. */
    String incarnation() {
        return incarnation;
    }

    /** Makes commands end with an error if they are not answered in time: all commands from now on. */
    void giveUpAfter(Duration time) {
        asking.setTimeout(time);
        told.setTimeout(time);
    }

    /**
     * Publishes over a channel.
     *
     * @return how many clients got the message
     */
    CompletableFuture<Long> publish(String channel, byte[] message) {
        return asking.async().spublish(channel, message).toCompletableFuture();
    }

    /** Sends commands in one write, without waiting. */
    void send(List<? extends AsyncCommand<String, byte[], ?>> commands) {
        send(asking, commands);
    }

    /** Sends subscriptions, or their ends, in one write, without waiting. */
    void sendTold(List<? extends AsyncCommand<String, byte[], ?>> commands) {
        send(told, commands);
    }

    private static void send(
            StatefulConnection<String, byte[]> connection, List<? extends AsyncCommand<String, byte[], ?>> commands) {
        try {
            Collection<RedisCommand<String, byte[], ?>> _ = connection.dispatch(commands);
        } catch (RedisException e) {
            commands.forEach(command -> command.completeExceptionally(e));
        }
    }

    /** Pings the server over both connections. */
    List<Future<String>> ping() {
        return List.of(asking.async().ping(), pingTold());
    }

    /** Pings over the connection for messages: the answer comes after all messages that were published before. */
    Future<String> pingTold() {
        return told.async().ping();
    }

    void unsubscribe(String channel) {
        unsubscribing.incrementAndGet();
        Future<Void> _ = told.async().sunsubscribe(channel);
    }

    void close() {
        CompletableFuture<Void> _ = asking.closeAsync();
        CompletableFuture<Void> _ = told.closeAsync();
    }
}
