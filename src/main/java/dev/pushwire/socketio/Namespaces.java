package dev.pushwire.socketio;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.endpoint.SessionGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The namespaces: their handlers, and the namespaces with sockets on this node. Thread-safe. */
final class Namespaces {
    /** How long a node takes part in a namespace without sockets there, since clients come and go. */
    private static final long LINGER = Duration.ofSeconds(10).toNanos();

    private final NodeName self;
    private final Broker broker;
    private final SessionGroup.Factory groups;
    private final AckCollections collections;
    private final SocketIoListener listener;
    private final AtomicLong count = new AtomicLong();
    private final ConcurrentHashMap<String, OpenNamespace> inUse = new ConcurrentHashMap<>();
    private volatile Map<String, NamespaceHandler> byName = Map.of();
    private volatile List<OfPattern> byPattern = List.of();

    private record OfPattern(Pattern pattern, NamespaceHandler handler) {}

    Namespaces(
            NodeName self,
            Broker broker,
            SessionGroup.Factory groups,
            AckCollections collections,
            SocketIoListener listener) {
        this.self = self;
        this.broker = broker;
        this.groups = groups;
        this.collections = collections;
        this.listener = listener;
    }

    /** @throws IllegalStateException if the namespace has a handler already */
    synchronized void serve(String name, NamespaceHandler handler) {
        Map<String, NamespaceHandler> more = new HashMap<>(byName);
        if (more.put(name, handler) != null) {
            throw new IllegalStateException("The Socket.IO namespace " + name + " has a handler already");
        }
        byName = Map.copyOf(more);
    }

    synchronized void serve(Pattern pattern, NamespaceHandler handler) {
        List<OfPattern> more = new ArrayList<>(byPattern);
        more.add(new OfPattern(pattern, handler));
        byPattern = List.copyOf(more);
    }

    /** The handler of a namespace; null for none. */
    @Nullable
    NamespaceHandler handler(String name) {
        NamespaceHandler handler = byName.get(name);
        if (handler != null) {
            return handler;
        }
        for (OfPattern candidate : byPattern) {
            if (candidate.pattern.matcher(name).matches()) {
                return candidate.handler;
            }
        }
        return null;
    }

    /** A namespace that this node takes part in; null for any other. */
    @Nullable
    Namespace get(String name) {
        OpenNamespace open = inUse.get(name);
        return open == null ? null : open.namespace();
    }

    /**
     * Opens a namespace for one more socket. If the socket is the first on this node, this waits for the broker.
     *
     * @return the namespace, open until the socket {@linkplain #leave leaves} it
     * @throws BrokerUnavailableException if this node cannot take part in it now
     */
    OpenNamespace enter(String name, NamespaceHandler handler) {
        while (true) {
            OpenNamespace open = inUse.computeIfAbsent(name, _ -> open(name, handler));
            if (open.enter()) {
                begin(open);
                return open;
            }
            inUse.remove(name, open); // it has just been given up
        }
    }

    private OpenNamespace open(String name, NamespaceHandler handler) {
        Namespace namespace = new Namespace(name, handler, groups, collections);
        String member = self + "-" + count.incrementAndGet();
        return new OpenNamespace(
                namespace,
                new NamespaceFeed(namespace, member, broker, groups, listener),
                byName.containsKey(name) ? LINGER : 0); // names that clients make up would pile up
    }

    private void begin(OpenNamespace open) {
        try {
            open.feed().begin();
        } catch (TooManyTopicsException e) {
            leave(open);
            throw new BrokerUnavailableException("There are as many topics as there may be", e);
        } catch (RuntimeException | Error e) {
            leave(open);
            throw e;
        }
    }

    /** One socket has left. Does not wait. */
    void leave(OpenNamespace open) {
        if (open.leave(System.nanoTime()) && open.linger() == 0) {
            Thread.startVirtualThread(() -> giveUpIfOver(open, System.nanoTime()));
        }
    }

    private void giveUpIfOver(OpenNamespace open, long now) {
        if (open.endIfOver(now)) {
            inUse.remove(open.namespace().name(), open);
            open.feed().end();
        }
    }

    /**
     * Gives up namespaces that have had no sockets for a while. It is called now and then. May wait for the broker.
     *
     * @param now the time as {@link System#nanoTime} counts it
     */
    void tidyUp(long now) {
        inUse.values().forEach(open -> giveUpIfOver(open, now));
    }

    /** How many rooms there are now, without the rooms that are a socket's id. */
    int roomCount() {
        return inUse.values().stream()
                .mapToInt(open -> open.namespace().roomCount())
                .sum();
    }

    /** How many namespaces this node takes part in now. */
    int count() {
        return inUse.size();
    }
}
