package dev.pushwire.api;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.ClusterAnswers;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.TooManyNoticesException;
import dev.pushwire.protocol.CloseStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.web.ErrorResponseException;

/**
 * Acts on the connections and tokens of all nodes. It combines the answers that a {@link ClusterHandler} gives on each
 * node.
 *
 * <p>Each method throws {@link ErrorResponseException}, 503, while nodes cannot reach each other.
 */
public final class ClusterClient {
    /** More than the two seconds that a node waits for its event loops. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ClusterBus nodes;

    public ClusterClient(ClusterBus nodes) {
        this.nodes = nodes;
    }

    /** The connections of a principal, the oldest first. */
    ConnectionList list(String principal) {
        Together answers = askAll(NodeJson.Question.list(principal, null));
        return new ConnectionList(
                answers.all.stream().mapToLong(NodeJson.Answer::total).sum(),
                answers.all.stream()
                        .flatMap(answer -> answer.listed().stream())
                        .sorted(Comparator.comparingDouble(ConnectionReport::ageSeconds)
                                .reversed())
                        .limit(ClusterHandler.MOST)
                        .toList(),
                answers.complete);
    }

    /** @throws ErrorResponseException 404 if no connection has the id */
    ConnectionReport find(String id) {
        Together answers = askOne(id, NodeJson.Question.list(null, id));
        return answers.all.stream()
                .flatMap(answer -> answer.listed().stream())
                .findFirst()
                .orElseThrow(() -> answers.complete ? Problems.noSuchConnection() : Problems.nodeSilent());
    }

    Closed close(String principal, CloseStatus status) {
        return askAll(NodeJson.Question.close(principal, null, status)).closed();
    }

    /** @throws ErrorResponseException 404 if no connection has the id */
    Closed closeOne(String id, CloseStatus status) {
        Closed closed = askOne(id, NodeJson.Question.close(null, id, status)).closed();
        if (closed.closed() == 0 && closed.complete()) {
            throw Problems.noSuchConnection();
        }
        return closed;
    }

    /** @throws ErrorResponseException 503 also if there is no room for the revocation */
    Closed revoke(Revocation revocation) {
        String key =
                revocation.principal() == null ? "token " + revocation.token() : "principal " + revocation.principal();
        String notice = NodeJson.write(
                new NodeJson.Notice(NodeJson.Notice.REVOKE, revocation.principal(), revocation.token(), Instant.now()));
        try {
            return together(() -> nodes.broadcast(key, notice, PATIENCE)).closed();
        } catch (TooManyNoticesException e) {
            throw Problems.tooManyRevocations();
        }
    }

    /** @param what subscribe or unsubscribe, in the words of a {@link NodeJson.Question} */
    SubscriptionChange change(String what, String principal, String topic) {
        NodeJson.Question question = new NodeJson.Question(what, principal, null, 0, null, topic);
        ClusterAnswers answers = answers(() -> nodes.request(NodeJson.write(question), PATIENCE));
        return SubscriptionChange.sum(
                answers.answers().stream()
                        .map(text -> NodeJson.read(text, SubscriptionChange.class))
                        .toList(),
                answers.complete());
    }

    private Together askAll(NodeJson.Question question) {
        return together(() -> nodes.request(NodeJson.write(question), PATIENCE));
    }

    private Together askOne(String connection, NodeJson.Question question) {
        NodeName node = NodeName.ofConnection(connection);
        if (node == null) {
            throw Problems.noSuchConnection();
        }
        return together(() -> nodes.request(node, NodeJson.write(question), PATIENCE));
    }

    private static Together together(Supplier<ClusterAnswers> asking) {
        ClusterAnswers answers = answers(asking);
        List<NodeJson.Answer> all = answers.answers().stream()
                .map(text -> NodeJson.read(text, NodeJson.Answer.class))
                .toList();
        return new Together(all, answers.complete() && all.stream().allMatch(NodeJson.Answer::complete));
    }

    private static ClusterAnswers answers(Supplier<ClusterAnswers> asking) {
        try {
            return asking.get();
        } catch (BrokerUnavailableException e) {
            throw Problems.nodesUnavailable();
        }
    }

    private record Together(List<NodeJson.Answer> all, boolean complete) {
        Closed closed() {
            return new Closed(all.stream().mapToInt(NodeJson.Answer::closed).sum(), complete);
        }
    }
}
