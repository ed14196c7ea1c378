package dev.pushwire.autoconfigure;

import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;

/** Which port the HTTP API has, where it has its own. Thread-safe. */
public final class ApiPort {
    private volatile @Nullable Connector connector;

    ApiPort() {}

    void of(Connector connector) {
        this.connector = connector;
    }

    /** The port that is listened on; -1 before the server has started, and after it has stopped. */
    public int number() {
        Connector bound = connector;
        return bound == null ? -1 : bound.getLocalPort();
    }
}
