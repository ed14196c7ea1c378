package dev.pushwire.socketio;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all nodes with sockets in a namespace at once, and puts their answers together. Thread-safe. */
final class NodeSurvey {
    private static final Logger log = LoggerFactory.getLogger(NodeSurvey.class);

    private final NodeName self;
    private final Broker broker;
    private final ClusterBus nodes;

    NodeSurvey(NodeName self, Broker broker, ClusterBus nodes) {
        this.self = self;
        this.broker = broker;
        this.nodes = nodes;
    }

    /**
     * The answers of nodes.
     *
     * @param complete whether every node has answered
     */
    record Result<T>(List<T> items, boolean complete) {
        Result<T> and(Result<T> other) {
            List<T> both = new ArrayList<>(items);
            both.addAll(other.items);
            return new Result<>(both, complete && other.complete);
        }
    }

    /** The nodes with sockets in a namespace. May wait. */
    Set<NodeName> nodes(TopicName topic) throws BrokerUnavailableException {
        Set<NodeName> found = new LinkedHashSet<>();
        for (Member member : broker.members(topic)) {
            NodeName node = NodeName.ofConnection(member.connection());
            if (node != null) {
                found.add(node);
            }
        }
        return found;
    }

    /** This node alone, which can always be asked. */
    Set<NodeName> self() {
        return Set.of(self);
    }

    /**
     * Asks the nodes.
     *
     * @param question makes the question for the next page, from the number of items that have come
     * @param read reads one item of a page
     * @param patience how long to wait for a page
     * @return completes on a virtual thread; never fails
     */
    <T> CompletableFuture<Result<T>> ask(
            Collection<NodeName> all,
            Function<List<T>, Question> question,
            Function<ByteReader, T> read,
            Duration patience) {
        CompletableFuture<Result<T>> together = CompletableFuture.completedFuture(new Result<>(List.of(), true));
        for (NodeName node : all) {
            CompletableFuture<Result<T>> one = CompletableFuture.supplyAsync(
                    () -> askOne(node, question, read, patience), Thread::startVirtualThread);
            together = together.thenCombine(one, Result::and);
        }
        return together;
    }

    private <T> Result<T> askOne(
            NodeName node, Function<List<T>, Question> question, Function<ByteReader, T> read, Duration patience) {
        List<T> items = new ArrayList<>();
        try {
            boolean more;
            do {
                byte[] page = nodes.ask(
                                node,
                                QuestionDesk.ADDRESS,
                                question.apply(items).write(),
                                patience)
                        .join();
                more = Page.read(page, read, items::add);
            } while (more);
            return new Result<>(items, true);
        } catch (RuntimeException e) {
            log.debug("The node {} did not say what is asked of its sockets", node, e);
            return new Result<>(items, false);
        }
    }
}
