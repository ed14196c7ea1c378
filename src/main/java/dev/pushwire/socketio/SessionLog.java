package dev.pushwire.socketio;

import dev.pushwire.broker.Position;
import java.security.Principal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * The record of a recoverable socket: what its client surely has, and what was sent to it alone that the client may not
 * have. The lock of the namespace guards it. The socket is sent everything under that lock, so the order here is the
 * order on the wire.
 */
final class SessionLog {
    /** The memory of an entry without its content, in bytes. */
    private static final int OVERHEAD = 100;

    private final String pid;
    private final RecoveryMemory memory;
    private final Deque<SentAlone> alone = new ArrayDeque<>(0);
    private int bytes;
    private long number; // of the last event to this socket alone
    private long forgotten; // of the last such event that was dropped although the client may not have it
    private Position forgottenAt;
    private Position confirmed;
    private long confirmedNumber;
    private Position atPong;
    private long numberAtPong;

    /**
     * An event to this socket alone.
     *
     * @param at the namespace's position at that time
     */
    record SentAlone(long number, Position at, Arguments event) {
        int size() {
            return event.size() + OVERHEAD;
        }
    }

    /** @param begin the client has everything up to this position, or is not meant to get it */
    SessionLog(String pid, Position begin, RecoveryMemory memory) {
        this.pid = pid;
        this.memory = memory;
        this.confirmed = begin;
        this.atPong = begin;
        this.forgottenAt = begin;
    }

    /** The record of a recovered socket: it continues the former one. */
    static SessionLog after(Snapshot snapshot, Position since, RecoveryMemory memory) {
        SessionLog log = new SessionLog(snapshot.pid(), since, memory);
        log.number = snapshot.number();
        log.numberAtPong = snapshot.confirmedNumber();
        log.confirmedNumber = snapshot.confirmedNumber();
        log.forgotten = snapshot.forgotten();
        log.forgottenAt = snapshot.forgottenAt();
        snapshot.alone().forEach(log::keep);
        return log;
    }

    String pid() {
        return pid;
    }

    /**
     * Records an event to this socket alone.
     *
     * @return its offset
     */
    ReplayOffset sendsAlone(Arguments event, Position at) {
        number++;
        keep(new SentAlone(number, at, event));
        return new ReplayOffset(at, number);
    }

    /** The offset of a client that has everything up to here. */
    ReplayOffset now(Position at) {
        return new ReplayOffset(at, number);
    }

    private void keep(SentAlone sent) {
        alone.add(sent);
        bytes += sent.size();
        int most = memory.take(sent.size()) ? memory.mostOfOne() : Math.min(memory.mostOfOne(), bytes - sent.size());
        while (bytes > most) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        SentAlone oldest = alone.remove();
        forgotten = oldest.number;
        forgottenAt = oldest.at;
        giveBack(oldest);
    }

    private void giveBack(SentAlone sent) {
        bytes -= sent.size();
        memory.giveBack(sent.size());
    }

    /** The client has answered a ping: it has everything that was sent before its former answer. */
    void ponged(Position now) {
        confirmed = atPong;
        confirmedNumber = numberAtPong;
        atPong = now;
        numberAtPong = number;
        while (!alone.isEmpty() && alone.element().number <= confirmedNumber) {
            giveBack(alone.remove());
        }
    }

    /** Ends the record, and makes the snapshot that is kept while the client is away. */
    Snapshot end(ServerSocket socket, Map<String, Position> rooms, Position end) {
        Principal principal = socket.principal();
        Snapshot snapshot = new Snapshot(
                pid,
                socket.namespace(),
                socket.id(),
                principal == null ? null : principal.getName(),
                Map.copyOf(rooms),
                socket.data(),
                confirmed,
                confirmedNumber,
                end,
                number,
                forgotten,
                forgottenAt,
                List.copyOf(alone));
        free();
        return snapshot;
    }

    /** Gives back the memory. */
    void free() {
        alone.forEach(this::giveBack);
        alone.clear();
    }
}
