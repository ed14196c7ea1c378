package dev.pushwire.redis;

import static dev.pushwire.redis.ScriptArguments.bytes;
import static dev.pushwire.redis.ScriptArguments.number;

import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.TooManyNoticesException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Gatherers;
import org.jspecify.annotations.Nullable;

/** The nodes and notices in Redis: calls of the scripts, with their keys, arguments and answers. */
final class NodeStore {
    private static final String BY_TIME = Keys.nodes("notices");
    private static final String TEXTS = Keys.nodes("texts");
    private static final String LIVING = Keys.nodes("living");
    /** The channel to all nodes. */
    static final String CHANNEL = Keys.nodes("all");

    /** How many notices are read, or written, at once. */
    private static final int STEP = 1000;

    private final Duration retention;
    private final int most;

    /** @param most how many notices are kept */
    NodeStore(Duration retention, int most) {
        this.retention = retention;
        this.most = most;
    }

    /** The channel to one node. */
    static String channel(String node) {
        return Keys.nodes("one:" + node);
    }

    /**
     * Keeps a notice and sends it.
     *
     * @return the names of the living nodes
     */
    List<String> broadcast(RedisConnections redis, NodeMessage.Sender by, String key, String text) {
        List<?> reply = run(
                redis,
                Script.TELL,
                List.of(BY_TIME, TEXTS, LIVING, CHANNEL),
                List.of(bytes(key), bytes(text), bytes(retention.toMillis()), bytes(most), bytes(by.toString())));
        if (number(reply.get(0)) == 0) {
            throw new TooManyNoticesException();
        }
        return texts((List<?>) reply.get(1));
    }

    /** Keeps lost notices again. */
    void rebroadcast(RedisConnections redis, List<Notice> lost) {
        for (List<Notice> some :
                lost.stream().gather(Gatherers.windowFixed(STEP)).toList()) {
            redis.runAll(some.stream().map(this::retelling).toList());
        }
    }

    private Call retelling(Notice notice) {
        return new Call(
                Script.RETELL,
                Keys.NODES,
                List.of(BY_TIME, TEXTS, CHANNEL),
                List.of(
                        bytes(notice.key()),
                        bytes(notice.text()),
                        bytes(retention.toMillis()),
                        bytes(notice.at()),
                        bytes(NodeMessage.NOBODY.toString())));
    }

    /** All kept notices by key, the oldest first. */
    SequencedMap<String, Notice> notices(RedisConnections redis) {
        SequencedMap<String, Notice> all = new LinkedHashMap<>();
        long behind = 0;
        List<String> page;
        do {
            page = texts(run(redis, Script.NOTICES, List.of(BY_TIME, TEXTS), List.of(bytes(behind), bytes(STEP))));
            for (int i = 0; i < page.size(); i += 3) {
                behind = Long.parseLong(page.get(i));
                all.putLast(page.get(i + 1), new Notice(behind, page.get(i + 1), page.get(i + 2)));
            }
        } while (!page.isEmpty());
        return all;
    }

    /**
     * Publishes a question.
     *
     * @param to null for all nodes
     * @return the names of the nodes that are to answer
     */
    List<String> request(RedisConnections redis, NodeMessage.Sender by, @Nullable NodeName to, String question) {
        return texts(run(
                redis,
                Script.ASK,
                List.of(LIVING, to == null ? CHANNEL : channel(to.value())),
                List.of(NodeMessage.question(by, question), bytes(to == null ? "" : to.value()))));
    }

    void answer(RedisConnections redis, NodeName self, NodeMessage.Sender asker, @Nullable String answer) {
        run(
                redis,
                Script.ANSWER,
                List.of(channel(asker.node())),
                List.of(NodeMessage.answer(new NodeMessage.Sender(self.value(), asker.number()), answer)));
    }

    /**
     * The kept notices.
     *
     * @param newest the time of the newest; 0 for none
     * @param count how many there are
     */
    record KeptNotices(long newest, int count) {}

    /**
     * Shows that a node lives.
     *
     * @param lease how long that holds; zero if the node is about to end
     * @return the kept notices
     */
    KeptNotices live(RedisConnections redis, NodeName node, Duration lease) {
        List<String> notices = texts(run(
                redis,
                Script.LIVE,
                List.of(BY_TIME, TEXTS, LIVING),
                List.of(bytes(node.value()), bytes(lease.toMillis()), bytes(retention.toMillis()))));
        return new KeptNotices(Long.parseLong(notices.get(0)), Integer.parseInt(notices.get(1)));
    }

    private static List<?> run(RedisConnections redis, Script script, List<String> keys, List<byte[]> arguments) {
        return redis.run(new Call(script, Keys.NODES, keys, arguments));
    }

    private static List<String> texts(List<?> reply) {
        return reply.stream().map(ScriptArguments::text).toList();
    }
}
