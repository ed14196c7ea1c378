package dev.pushwire.autoconfigure;

import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;

/** The port of the HTTP API, if it has one of its own. Thread-safe. */
public final class ApiPort {
    private volatile @Nullable Connector connector;

    ApiPort() {}

    void of(Connector connector) {
        this.connector = connector;
    }

    /** The port that the server listens on; -1 before it has started, and after it has stopped. */
    public int number() {
        Connector bound = connector;
        return bound == null ? -1 : bound.getLocalPort();
    }
}
