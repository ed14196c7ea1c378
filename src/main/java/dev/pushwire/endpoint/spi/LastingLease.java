package dev.pushwire.endpoint.spi;

import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A lease that never ends by itself. */
record LastingLease(@Nullable Principal principal) implements AccessLease {
    @Override
    public @Nullable CloseStatus ending(long now) {
        return null;
    }

    @Override
    public boolean provisional() {
        return false;
    }

    @Override
    public void release() {}
}
