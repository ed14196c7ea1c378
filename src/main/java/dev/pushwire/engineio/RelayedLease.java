package dev.pushwire.engineio;

import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What a WebSocket has that carries a session of another node. Who the client is, and for how long that holds, is that session's
 * business: the WebSocket ends with it.
 *
 * @param handshake what the WebSocket was let in with: it keeps the places that this has taken
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
