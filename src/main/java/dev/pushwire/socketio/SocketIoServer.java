package dev.pushwire.socketio;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.engineio.EngineListener;
import dev.pushwire.engineio.EngineServer;
import dev.pushwire.engineio.EngineSession;
import dev.pushwire.push.ClientSessions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.ObjectMapper;

/** The Socket.IO server of this node. Thread-safe. */
public final class SocketIoServer implements EngineServer.Acceptor {
    /** The ids have 20 characters, as many as in the reference implementation. */
    private static final int ID_BYTES = 15;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SocketIoSettings settings;
    private final SocketIoListener listener;
    private final Namespaces namespaces;
    private final ArgumentCodec codec;
    private final AckCollections collections;
    private final KeptSessions sessions;
    private final Recovery recovery;
    private final SessionGroup.Factory groups;
    private final Adapter adapter;
    private final Connecting connecting;
    private final HandlerCalls calls = new HandlerCalls(this);
    private final AtomicLong unfinished = new AtomicLong();
    private volatile boolean keepsHandshakes;

    /** @param nodes the way to the sockets of all nodes */
    public SocketIoServer(
            SocketIoSettings settings,
            SocketIoNodes nodes,
            SessionGroup.Factory groups,
            ObjectMapper mapper,
            ClientSessions clients,
            SocketIoListener listener) {
        this.settings = settings;
        this.groups = groups;
        this.listener = listener;
        this.collections = new AckCollections(listener);
        this.namespaces = new Namespaces(nodes.self(), nodes.broker(), groups, collections, listener);
        this.codec = new ArgumentCodec(mapper);
        SocketInfoCodec infos = new SocketInfoCodec(codec);
        NodeSurvey survey = new NodeSurvey(nodes.self(), nodes.broker(), nodes.bus());
        this.adapter = new Adapter(namespaces, nodes.broker(), survey, codec, infos, listener);
        RecoverySettings kept = settings.recovery();
        RecoveryMemory memory = new RecoveryMemory(kept.maxMemory(), kept.maxSessionSize());
        this.sessions = new KeptSessions(kept, memory, codec, namespaces, nodes.bus());
        this.recovery = new Recovery(nodes, survey, sessions, memory, codec, listener);
        nodes.bus().answer(QuestionDesk.ADDRESS, new QuestionDesk(namespaces, collections, infos, sessions, codec));
        TopicsNamespace topics = new TopicsNamespace(clients);
        this.connecting = new Connecting(this, topics);
        namespaces.serve(TopicsNamespace.NAME, topics);
        listener.announced(topics.label());
    }

    /**
     * Serves the namespaces of these beans, each with a {@link SocketIoNamespace}. Beans of one namespace keep their
     * order.
     *
     * @throws IllegalStateException if a bean has a method that cannot be called, or an event has two handlers
     */
    public void serve(List<?> beans) {
        for (AnnotatedNamespace namespace : AnnotatedNamespace.of(beans, codec)) {
            keepsHandshakes |= namespace.wantsHandshake();
            namespace.register(namespaces);
            listener.announced(namespace.label());
        }
    }

    @Override
    public EngineListener accept(EngineSession session, Handshake handshake) {
        return new Client(this, session, keepsHandshakes ? handshake : null);
    }

    /** The sockets of the namespace {@code /}, and of others by their name. */
    public SocketIo sockets() {
        return new RootEmitter(this);
    }

    Emitter of(String namespace) {
        return new BroadcastEmitter(adapter, codec, namespace, Selection.ALL, false, settings.ackTimeout());
    }

    /** Makes an id for a session or a socket, which cannot be guessed. */
    public static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /**
     * Gives up what no client needs any more. It is called every few seconds. May wait for the broker.
     *
     * @param now the time as {@link System#nanoTime} counts it
     */
    public void tidyUp(long now) {
        namespaces.tidyUp(now);
        collections.tidyUp(now);
        sessions.tidyUp(now);
    }

    /** Leaves the sockets of absent clients to other nodes, since this node ends. May wait for the broker. */
    public void handOver() {
        sessions.handOver();
    }

    /** How many absent clients may come back. */
    public int sessionsAway() {
        return sessions.away();
    }

    /** The memory that is kept for returning clients, in bytes. */
    public long recoveryBytes() {
        return recovery.memory().bytes();
    }

    Recovery recovery() {
        return recovery;
    }

    /** Waits while the event loops are behind with what this thread has sent. */
    void awaitRoom() {
        groups.awaitRoom();
    }

    /** How many collections of answers are kept for other nodes, or awaited. */
    int awaitedCollections() {
        return collections.size();
    }

    /** How many namespaces this node takes part in now. */
    public int activeNamespaces() {
        return namespaces.count();
    }

    /** How many rooms there are now, on this node. */
    public int activeRooms() {
        return namespaces.roomCount();
    }

    /**
     * Counts the memory of incomplete packets.
     *
     * @return whether it may be taken
     */
    boolean hold(int bytes) {
        return unfinished.addAndGet(bytes) <= settings.maxUnfinished() || bytes <= 0;
    }

    /** The memory of incomplete packets now, in bytes. */
    public long unfinished() {
        return unfinished.get();
    }

    SocketIoSettings settings() {
        return settings;
    }

    SocketIoListener listener() {
        return listener;
    }

    Namespaces namespaces() {
        return namespaces;
    }

    ArgumentCodec codec() {
        return codec;
    }

    Connecting connecting() {
        return connecting;
    }

    HandlerCalls calls() {
        return calls;
    }
}
