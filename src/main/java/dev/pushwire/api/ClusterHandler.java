package dev.pushwire.api;

import dev.pushwire.access.Revocations;
import dev.pushwire.broker.ClusterListener;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.connection.ConnectionFilter;
import dev.pushwire.connection.ConnectionOrder;
import dev.pushwire.connection.Connections;
import dev.pushwire.endpoint.spi.AccessStatus;
import dev.pushwire.protocol.CloseStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Acts on this node's own tokens and connections when a node, which may be this one, asks all nodes. */
public final class ClusterHandler implements ClusterListener {
    /** How many connections are listed. A principal with more has another problem. */
    static final int MOST = 1000;

    private final NodeName self;
    private final Connections connections;
    private final Revocations revocations;
    private final ClientSubscriptions subscriptions;

    public ClusterHandler(
            NodeName self, Connections connections, Revocations revocations, ClientSubscriptions subscriptions) {
        this.self = self;
        this.connections = connections;
        this.revocations = revocations;
        this.subscriptions = subscriptions;
    }

    @Override
    public Supplier<@Nullable String> told(String text) {
        NodeJson.Notice notice = NodeJson.read(text, NodeJson.Notice.class);
        Instant at = notice.at();
        if (!NodeJson.Notice.REVOKE.equals(notice.what()) || at == null) {
            return () -> null;
        }
        if (notice.principal() != null) {
            revocations.revokePrincipal(notice.principal(), at);
        }
        if (notice.token() != null) {
            revocations.revokeToken(notice.token(), at);
        }
        return this::endRevoked;
    }

    /**
     * Ends revoked connections. It asks the event loops first, which can count them. Then it makes all connections
     * check, for those that came meanwhile.
     */
    private String endRevoked() {
        try {
            return closed(connections.endAccess(revocations::revokes, AccessStatus.REVOKED));
        } finally {
            revocations.recheck();
        }
    }

    @Override
    public @Nullable String asked(String text) {
        NodeJson.Question question = NodeJson.read(text, NodeJson.Question.class);
        return switch (question.what()) {
            case NodeJson.Question.LIST -> list(question);
            case NodeJson.Question.CLOSE -> close(question);
            case NodeJson.Question.SUBSCRIBE, NodeJson.Question.UNSUBSCRIBE -> change(question);
            case null, default -> null;
        };
    }

    private @Nullable String change(NodeJson.Question question) {
        String principal = question.principal();
        if (principal == null || question.topic() == null || !TopicPattern.isValid(question.topic())) {
            return null;
        }
        TopicPattern topic = new TopicPattern(question.topic());
        return NodeJson.write(
                NodeJson.Question.SUBSCRIBE.equals(question.what())
                        ? subscriptions.subscribe(principal, topic)
                        : subscriptions.unsubscribe(principal, topic));
    }

    private @Nullable String list(NodeJson.Question question) {
        if (question.connection() != null) {
            List<ConnectionReport> found = connections
                    .find(question.connection())
                    .map(info -> List.of(ConnectionReport.of(self, info)))
                    .orElse(List.of());
            return NodeJson.write(new NodeJson.Answer(found.size(), found, 0, true));
        }
        if (question.principal() == null) {
            return null;
        }
        Connections.Page page =
                connections.list(ConnectionFilter.of(question.principal()), ConnectionOrder.AGE, 0, MOST);
        return NodeJson.write(new NodeJson.Answer(
                page.total(),
                page.connections().stream()
                        .map(info -> ConnectionReport.of(self, info))
                        .toList(),
                0,
                page.silentLoops().isEmpty()));
    }

    private @Nullable String close(NodeJson.Question question) {
        CloseStatus status = new CloseStatus(question.code(), Objects.requireNonNullElse(question.reason(), ""));
        if (question.connection() != null) {
            return closed(connections.close(question.connection(), status));
        }
        return question.principal() == null
                ? null
                : closed(connections.close(ConnectionFilter.of(question.principal()), status));
    }

    private static String closed(Connections.Closed closed) {
        return NodeJson.write(new NodeJson.Answer(
                0, null, closed.count(), closed.silentLoops().isEmpty()));
    }

    @Override
    public void caughtUp() {
        revocations.complete();
    }
}
