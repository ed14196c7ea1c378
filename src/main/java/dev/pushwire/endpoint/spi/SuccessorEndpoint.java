package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.Session;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint whose new connections may take over sessions that began over another connection, see
 * {@link MovableSession#moveTo}.
 */
public interface SuccessorEndpoint extends Endpoint {
    /**
     * The session whose event loop the new connection must be on; null for any loop. It is asked on the thread of the
     * handshake, after {@link #onHandshake}.
     */
    @Nullable
    Session succeeds(Handshake handshake);
}
