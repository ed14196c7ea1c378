package dev.pushwire.connection;

import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The last lease of a session that is over. */
record ReleasedLease(AccessLease last) implements AccessLease {
    @Override
    public @Nullable Principal principal() {
        return last.principal();
    }

    @Override
    public @Nullable CloseStatus ending(long now) {
        return null;
    }

    @Override
    public boolean provisional() {
        return last.provisional();
    }

    @Override
    public void release() {}
}
