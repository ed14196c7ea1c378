package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Session;
import org.jspecify.annotations.Nullable;

/** An endpoint to some of whose connections sessions move that have begun over another: {@link MovableSession#moveTo}. */
public interface SuccessorEndpoint extends Endpoint {
    /**
     * The session on whose event loop the new connection is to be; null for any. Asked on the handshake's own thread, after
     * {@link #onHandshake}.
     */
    @Nullable
    Session succeeds(Handshake handshake);
}
