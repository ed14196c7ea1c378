package dev.pushwire.connection;

import dev.pushwire.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/** What a connection counts for: a place among all, what it was let in with, and one in the meters. Each is given back once. */
final class ConnectionAccount {
    /** For a connection that ended when not even its ending could be made. */
    private static final Ending GIVEN_UP = new Ending.PeerVanished();

    private final Connection connection;
    private final EndpointBinding binding;
    private boolean opened;

    ConnectionAccount(Connection connection, EndpointBinding binding) {
        this.connection = connection;
        this.binding = binding;
    }

    /** It counts as open from here on; the place and the lease it has had before. */
    void open() {
        opened = true;
        binding.listener().opened(binding.pattern());
    }

    /**
     * Gives back everything.
     *
     * @param told what the endpoint was told; null if it could not be
     */
    void close(@Nullable Ending ending, @Nullable CloseStatus told, long age) {
        binding.registry().leave();
        connection.session().releaseGrant();
        if (!opened) {
            return;
        }
        try {
            binding.listener().lasted(binding.pattern(), age);
        } finally {
            binding.listener()
                    .closed(
                            binding.pattern(),
                            ending == null ? GIVEN_UP : ending,
                            told == null ? CloseStatus.ABNORMAL : told);
        }
    }
}
