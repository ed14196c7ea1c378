package dev.pushwire.socketio;

import dev.pushwire.endpoint.SessionGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The namespaces: who serves them, and those with sockets on this node. Thread-safe. */
final class Namespaces {
    private final SessionGroup.Factory groups;
    private final ConcurrentHashMap<String, Namespace> inUse = new ConcurrentHashMap<>();
    private volatile Map<String, NamespaceHandler> byName = Map.of();
    private volatile List<OfPattern> byPattern = List.of();

    private record OfPattern(Pattern pattern, NamespaceHandler handler) {}

    Namespaces(SessionGroup.Factory groups) {
        this.groups = groups;
    }

    /** @throws IllegalStateException when the namespace is served already */
    synchronized void serve(String name, NamespaceHandler handler) {
        Map<String, NamespaceHandler> more = new HashMap<>(byName);
        if (more.put(name, handler) != null) {
            throw new IllegalStateException("The Socket.IO namespace " + name + " is served already");
        }
        byName = Map.copyOf(more);
    }

    synchronized void serve(Pattern pattern, NamespaceHandler handler) {
        List<OfPattern> more = new ArrayList<>(byPattern);
        more.add(new OfPattern(pattern, handler));
        byPattern = List.copyOf(more);
    }

    /** Who serves a namespace; null for nobody. */
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

    /** A namespace with sockets; null where nobody is connected. */
    @Nullable
    Namespace get(String name) {
        return inUse.get(name);
    }

    /** Adds a socket to its namespace, which is made for the first. */
    Namespace add(ServerSocket socket) {
        return inUse.compute(socket.namespace(), (_, present) -> {
            Namespace namespace =
                    present == null ? new Namespace(socket.handler().label(), groups) : present;
            namespace.add(socket);
            return namespace;
        });
    }

    /** Takes a socket out of its namespace, which goes with the last. */
    void remove(ServerSocket socket) {
        inUse.computeIfPresent(socket.namespace(), (_, namespace) -> {
            namespace.remove(socket);
            return namespace.isEmpty() ? null : namespace;
        });
    }

    /** How many rooms there are now, those of a socket alone apart. */
    int roomCount() {
        return inUse.values().stream().mapToInt(Namespace::roomCount).sum();
    }

    /** How many namespaces have sockets now. */
    int count() {
        return inUse.size();
    }
}
