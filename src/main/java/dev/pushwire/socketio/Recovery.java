package dev.pushwire.socketio;

import dev.pushwire.broker.AskFailedException;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.NodeName;
import dev.pushwire.socketio.SocketIoListener.RecoveryResult;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the sockets of returning clients. A socket may be on this node, on the node that the client's secret names,
 * among what a dead node has left to others, or on a node that it has moved to since. Thread-safe; may wait.
 */
final class Recovery {
    private static final String PID = "pid";
    private static final String OFFSET = "offset";

    /** The longest search that a client should wait for. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int LONGEST_PID = 100;

    private final SocketIoNodes nodes;
    private final NodeSurvey survey;
    private final KeptSessions sessions;
    private final RecoveryMemory memory;
    private final ArgumentCodec codec;
    private final SocketIoListener listener;

    Recovery(
            SocketIoNodes nodes,
            NodeSurvey survey,
            KeptSessions sessions,
            RecoveryMemory memory,
            ArgumentCodec codec,
            SocketIoListener listener) {
        this.nodes = nodes;
        this.survey = survey;
        this.sessions = sessions;
        this.memory = memory;
        this.codec = codec;
        this.listener = listener;
    }

    /** What a returning client says of itself. */
    record Claim(String pid, @Nullable ReplayOffset offset) {}

    /**
     * Reads the claim of a client.
     *
     * @return null if the client does not come back
     */
    @Nullable
    Claim claim(@Nullable String auth) {
        if (auth == null) {
            return null;
        }
        JsonNode all = JsonMapper.shared().readTree(auth);
        JsonNode pid = all.path(PID);
        JsonNode offset = all.path(OFFSET);
        if (!pid.isString() || pid.stringValue().length() > LONGEST_PID || node(pid.stringValue()) == null) {
            return null;
        }
        return new Claim(pid.stringValue(), offset.isString() ? ReplayOffset.parse(offset.stringValue()) : null);
    }

    /** Makes a secret for the client of a new socket, which shows it when it comes back. */
    String newPid() {
        return nodes.self() + "-" + SocketIoServer.newId();
    }

    private static @Nullable NodeName node(String pid) {
        String name = pid.substring(0, Math.max(0, pid.indexOf('-')));
        try {
            return new NodeName(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    KeptSessions sessions() {
        return sessions;
    }

    RecoveryMemory memory() {
        return memory;
    }

    /**
     * Takes the socket that a client comes back to.
     *
     * @return the replay of what the client missed. If the socket does not connect, the caller says that it has
     *     {@linkplain KeptSessions#left left}. Null if the client begins anew: the socket does not exist, it was
     *     another client's, or what the client missed is no longer known
     * @throws BrokerUnavailableException in most cases before anything is taken
     */
    @Nullable
    Replay take(Claim claim, ServerSocket returning) {
        History _ = nodes.broker().history(NamespaceTopics.of(returning.namespace(), true), null, 1);
        Snapshot found = find(claim.pid(), returning);
        Principal principal = returning.principal();
        if (found == null || !found.isOf(returning.namespace(), principal == null ? null : principal.getName())) {
            listener.returned(returning.handler().label(), RecoveryResult.UNKNOWN);
            return null;
        }
        sessions.connected(found.pid(), returning); // so it is found here if the client is lost again
        Replay replay = null;
        try {
            replay = Replay.of(found, claim.offset(), nodes.broker());
            if (replay == null) {
                listener.returned(returning.handler().label(), RecoveryResult.INCOMPLETE);
            }
            return replay;
        } finally {
            if (replay == null) {
                sessions.left(found.pid(), returning);
            }
        }
    }

    private @Nullable Snapshot find(String pid, ServerSocket returning) {
        Snapshot here = sessions.take(pid);
        if (here != null) {
            return here;
        }
        Set<NodeName> asked = new HashSet<>(Set.of(nodes.self()));
        NodeName first = node(pid);
        if (first != null && asked.add(first)) {
            Snapshot there = ask(first, returning.namespace(), pid);
            if (there != null) {
                return there;
            }
        }
        try {
            Snapshot left = leftBehind(pid);
            if (left != null) {
                return left;
            }
            if (!nodes.searches().allows(returning.remoteAddress())) {
                return null;
            }
            Snapshot found = search(pid, returning.namespace(), asked);
            if (found == null) {
                nodes.searches().foundNothing(returning.remoteAddress());
            }
            return found;
        } catch (BrokerUnavailableException e) {
            return null;
        }
    }

    private @Nullable Snapshot search(String pid, String namespace, Set<NodeName> asked) {
        List<NodeName> others = new ArrayList<>(survey.nodes(NamespaceTopics.of(namespace, true)));
        others.removeAll(asked);
        for (NodeName other : others) {
            Snapshot there = ask(other, namespace, pid);
            if (there != null) {
                return there;
            }
        }
        return leftBehind(pid); // by a node that has ended meanwhile
    }

    private @Nullable Snapshot leftBehind(String pid) {
        byte[] left = nodes.bus().take(pid);
        return left == null ? null : Snapshot.read(left, codec);
    }

    private @Nullable Snapshot ask(NodeName node, String namespace, String pid) {
        try {
            byte[] question = new Question.Take(namespace, pid).write();
            byte[] answer = nodes.bus()
                    .ask(node, QuestionDesk.ADDRESS, question, PATIENCE)
                    .join();
            return answer.length == 0 ? null : Snapshot.read(answer, codec);
        } catch (CompletionException e) {
            if (e.getCause() instanceof AskFailedException) {
                return null; // it has ended
            }
            throw e;
        }
    }
}
