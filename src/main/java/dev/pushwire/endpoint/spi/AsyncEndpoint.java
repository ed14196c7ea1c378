package dev.pushwire.endpoint.spi;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint on virtual threads that can do some messages without one. If a message only asks another server for
 * something, a thread that waits for the answer costs more than the rest.
 */
public interface AsyncEndpoint extends Endpoint {
    /**
     * Begins with a text on the connection's event loop, so it must not wait. It is called only if no other call is
     * under way, and the next call comes when the future is complete.
     *
     * @return completes when the endpoint is done with the text; an exception counts as one of {@link #onText}. Null if
     *     {@code onText} must be called instead: nothing has happened then
     */
    @Nullable
    CompletableFuture<Void> onTextAsync(Session session, Text text);
}
