package dev.pushwire.engineio;

import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The lease of a WebSocket that carries a session of another node. The client's user, and how long its access holds,
 * are left to that session: the WebSocket ends with it.
 *
 * @param handshake the lease that the WebSocket was admitted with; it keeps the places that it has taken
 */
record RelayedLease(AccessLease handshake) implements AccessLease {
    @Override
    public @Nullable Principal principal() {
        return null;
    }

    @Override
    public @Nullable CloseStatus ending(long now) {
        return null;
    }

    @Override
    public boolean provisional() {
        return false;
    }

    @Override
    public void release() {
        handshake.release();
    }
}
