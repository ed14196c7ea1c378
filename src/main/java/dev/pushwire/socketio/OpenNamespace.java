package dev.pushwire.socketio;

/** A namespace that this node takes part in, with the number of sockets that need it. Thread-safe. */
final class OpenNamespace {
    private final Namespace namespace;
    private final NamespaceFeed feed;
    private final long linger;
    private int users; // guarded by this, as are the next
    private long idleSince;
    private boolean ended;

    /** @param linger how long it continues without sockets, in nanoseconds */
    OpenNamespace(Namespace namespace, NamespaceFeed feed, long linger) {
        this.namespace = namespace;
        this.feed = feed;
        this.linger = linger;
    }

    Namespace namespace() {
        return namespace;
    }

    NamespaceFeed feed() {
        return feed;
    }

    long linger() {
        return linger;
    }

    /** @return false if the namespace has been given up */
    synchronized boolean enter() {
        if (ended) {
            return false;
        }
        users++;
        return true;
    }

    /** @return whether that was the last socket */
    synchronized boolean leave(long now) {
        users--;
        idleSince = now;
        return users == 0;
    }

    /** @return whether this call has ended the namespace, so that it must be given up */
    synchronized boolean endIfOver(long now) {
        if (ended || users > 0 || now - idleSince < linger) {
            return false;
        }
        ended = true;
        return true;
    }
}
