package dev.pushwire.socketio;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.engineio.CloseReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recoverable sockets of this node: connected ones, and those whose clients are away. Thread-safe. */
final class KeptSessions {
    private static final Logger log = LoggerFactory.getLogger(KeptSessions.class);

    /** How long to wait for the end of an old connection, and for the broker to take what this node leaves behind. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final RecoverySettings settings;
    private final RecoveryMemory memory;
    private final ArgumentCodec codec;
    private final Namespaces namespaces;
    private final ClusterBus bus;
    private final Map<String, ServerSocket> connected = new ConcurrentHashMap<>(); // or about to be; by pid
    private final SequencedMap<String, Away> away = new LinkedHashMap<>(); // by pid, the oldest first; guarded by this
    private boolean handedOver; // guarded by this, as is the next
    private int onTheirWay; // hand-overs that the broker does not have yet

    /** @param namespace the namespace, in which this node takes part as long as the client may come back */
    private record Away(Snapshot snapshot, OpenNamespace namespace, int size, long until) {}

    KeptSessions(
            RecoverySettings settings,
            RecoveryMemory memory,
            ArgumentCodec codec,
            Namespaces namespaces,
            ClusterBus bus) {
        this.settings = settings;
        this.memory = memory;
        this.codec = codec;
        this.namespaces = namespaces;
        this.bus = bus;
    }

    /** The socket is connected, or about to be. */
    void connected(String pid, ServerSocket socket) {
        connected.put(pid, socket);
    }

    /** The socket has left. If the socket is kept, {@link #keep} was called before. */
    void left(String pid, ServerSocket socket) {
        connected.remove(pid, socket);
        synchronized (this) {
            notifyAll();
        }
    }

    /**
     * Keeps a socket whose client was lost.
     *
     * @param namespace the socket's namespace, which is left when the client is no longer awaited
     */
    void keep(Snapshot snapshot, OpenNamespace namespace) {
        int size = snapshot.size();
        boolean fits = memory.take(size) && size <= memory.mostOfOne();
        boolean over;
        synchronized (this) {
            over = handedOver;
            onTheirWay += over ? 1 : 0;
            if (fits && !over) {
                while (away.size() >= settings.maxSessions()) {
                    forget(away.pollFirstEntry().getValue());
                }
                long until = System.nanoTime() + settings.maxDisconnection().toNanos();
                away.put(snapshot.pid(), new Away(snapshot, namespace, size, until));
                return;
            }
        }
        memory.giveBack(size);
        namespaces.leave(namespace);
        if (over) {
            handOver(Map.of(snapshot.pid(), snapshot));
        }
    }

    private void forget(Away one) {
        memory.giveBack(one.size);
        namespaces.leave(one.namespace);
    }

    /**
     * Takes the socket of a client that comes back. If it is still connected, its old connection ends first. If it is
     * just being handed over, the method returns when the broker has it.
     *
     * @return null for none
     */
    @Nullable
    Snapshot take(String pid) {
        ServerSocket old = connected.get(pid);
        if (old != null) {
            old.closeConnection(CloseReason.TRANSPORT_CLOSE);
        }
        synchronized (this) {
            await(() -> old == null || connected.get(pid) != old);
            Away found = away.remove(pid);
            if (found == null) {
                await(() -> onTheirWay == 0);
                return null;
            }
            forget(found);
            return found.until - System.nanoTime() > 0 ? found.snapshot : null;
        }
    }

    /** Waits for something that other threads are about to do. */
    private synchronized void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!done.getAsBoolean() && deadline - System.nanoTime() > 0) {
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Forgets clients that have been away for too long. It is called now and then.
     *
     * @param now the time as {@link System#nanoTime} counts it
     */
    synchronized void tidyUp(long now) {
        for (Iterator<Away> all = away.values().iterator(); all.hasNext(); ) {
            Away oldest = all.next();
            if (oldest.until - now > 0) {
                return;
            }
            all.remove();
            forget(oldest);
        }
    }

    /** Leaves all kept sockets, and those that come, to the other nodes, since this node ends. Waits for the broker. */
    void handOver() {
        Map<String, Snapshot> all = new HashMap<>();
        synchronized (this) {
            handedOver = true;
            onTheirWay++;
            away.forEach((pid, one) -> {
                all.put(pid, one.snapshot);
                forget(one);
            });
            away.clear();
        }
        handOver(all);
    }

    private void handOver(Map<String, Snapshot> all) {
        Map<String, byte[]> written = new HashMap<>();
        try {
            all.forEach((pid, snapshot) -> written.put(pid, snapshot.write(codec)));
            bus.keep(written, settings.maxDisconnection());
        } catch (BrokerUnavailableException e) {
            log.warn(
                    "{} Socket.IO clients could not be handed over, and begin anew on another node: {}",
                    all.size(),
                    e.toString());
        } finally {
            synchronized (this) {
                onTheirWay--;
                notifyAll();
            }
        }
    }

    /** How many clients are away. */
    synchronized int away() {
        return away.size();
    }

    /** How many recoverable sockets are connected. */
    int connected() {
        return connected.size();
    }
}
