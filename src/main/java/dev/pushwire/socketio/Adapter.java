package dev.pushwire.socketio;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Reaches the sockets of a namespace on all nodes. A call reaches each chosen socket once, if the socket is in its
 * namespace when the call begins. A socket sees the calls of one thread in order. Thread-safe. May wait for the broker.
 */
final class Adapter {
    /** How long to wait for a page of sockets. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Namespaces namespaces;
    private final Broker broker;
    private final NodeSurvey survey;
    private final ArgumentCodec codec;
    private final SocketInfoCodec infos;
    private final SocketIoListener listener;

    Adapter(
            Namespaces namespaces,
            Broker broker,
            NodeSurvey survey,
            ArgumentCodec codec,
            SocketInfoCodec infos,
            SocketIoListener listener) {
        this.namespaces = namespaces;
        this.broker = broker;
        this.survey = survey;
        this.codec = codec;
        this.infos = infos;
        this.listener = listener;
    }

    /**
     * @throws BrokerUnavailableException if the broker cannot be reached; then either all nodes send the event, or none
     */
    void broadcast(String namespace, Selection to, Emission emission) {
        NamespaceHandler handler = namespaces.handler(namespace);
        if (handler != null) {
            listener.emitted(handler.label());
            tell(namespace, handler, new Directive.Emit(to, emission.whole(), emission.isVolatile(), null));
        }
    }

    /**
     * Sends an event that clients answer.
     *
     * @return completes when all have answered, or the time is over; never fails
     */
    CompletableFuture<Answers> broadcastWithAck(String namespace, Selection to, Emission emission, Duration patience) {
        NamespaceHandler handler = namespaces.handler(namespace);
        if (handler == null) {
            return CompletableFuture.completedFuture(new Answers(List.of(), Set.of(), true));
        }
        Directive.Ask ask = new Directive.Ask(SocketIoServer.newId(), patience);
        Collection<NodeName> asked;
        try {
            asked = survey.nodes(NamespaceTopics.of(
                    namespace, handler.recovers())); // before the event: nodes that come later do not get it
            listener.emitted(handler.label());
            tell(namespace, handler, new Directive.Emit(to, emission.whole(), emission.isVolatile(), ask));
        } catch (BrokerUnavailableException e) {
            return CompletableFuture.completedFuture(new Answers(List.of(), Set.of(), false));
        }
        return survey.ask(
                        asked,
                        known -> new Question.Answers(namespace, ask.id(), patience, known.size()),
                        AckCollections.Collected::read,
                        patience.plus(PATIENCE))
                .thenApply(this::answers);
    }

    private Answers answers(NodeSurvey.Result<AckCollections.Collected> collected) {
        List<Answer> answers = new ArrayList<>();
        Set<String> missing = new HashSet<>();
        for (AckCollections.Collected each : collected.items()) {
            Arguments arguments = each.answer();
            if (arguments == null) {
                missing.add(each.socket());
            } else {
                answers.add(new Answer(arguments, codec));
            }
        }
        return new Answers(answers, missing, collected.complete());
    }

    /** The sockets, after everything that was said before. While the broker is away, only the sockets of this node. */
    SocketList fetchSockets(String namespace, Selection of) {
        NamespaceHandler handler = namespaces.handler(namespace);
        if (handler == null) {
            return new SocketList(List.of(), true);
        }
        TopicName topic = NamespaceTopics.of(namespace, handler.recovers());
        Position now = null;
        Collection<NodeName> asked = survey.self();
        boolean all = false;
        try {
            now = broker.history(topic, null, 1).latest();
            asked = survey.nodes(topic);
            all = true;
        } catch (BrokerUnavailableException e) {
            listener.unavailable(handler.label());
        }
        Position behind = now;
        NodeSurvey.Result<SocketInfo> found = survey.ask(
                        asked,
                        known -> new Question.Fetch(
                                namespace,
                                of,
                                behind,
                                known.isEmpty() ? "" : known.getLast().id()),
                        infos::read,
                        PATIENCE)
                .join();
        return new SocketList(found.items(), all && found.complete());
    }

    void join(String namespace, Selection who, Set<String> rooms) {
        tell(namespace, new Directive.Join(who, rooms));
    }

    void leave(String namespace, Selection who, Set<String> rooms) {
        tell(namespace, new Directive.Leave(who, rooms));
    }

    void disconnect(String namespace, Selection who, boolean close) {
        tell(namespace, new Directive.Disconnect(who, close));
    }

    private void tell(String namespace, Directive directive) {
        NamespaceHandler handler = namespaces.handler(namespace);
        if (handler != null) {
            tell(namespace, handler, directive);
        }
    }

    private void tell(String namespace, NamespaceHandler handler, Directive directive) {
        try {
            Payload payload = Payload.of(Payload.Kind.BINARY, directive.write());
            broker.publish(NamespaceTopics.of(namespace, handler.recovers()), payload, PublishOptions.NONE);
        } catch (TooManyTopicsException e) {
            return; // so no socket is there: a namespace with sockets has its topic
        } catch (BrokerUnavailableException e) {
            listener.unavailable(handler.label());
            throw e;
        }
    }
}
