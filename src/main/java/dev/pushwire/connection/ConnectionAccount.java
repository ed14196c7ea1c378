package dev.pushwire.connection;

import dev.pushwire.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what a connection counts for: a place among all, what it was let in with, and one in the meters. Has no object of
 * its own, since there is one for each idle connection too.
 */
final class ConnectionAccount {
    /** For a connection that ended when not even its ending could be made. */
    private static final Ending GIVEN_UP = new Ending.PeerVanished();

    private ConnectionAccount() {}

    /**
     * The last that happens to a connection, once.
     *
     * @param told what the endpoint was told; null if it could not be
     */
    static void close(Connection connection, @Nullable Ending ending, @Nullable CloseStatus told) {
        EndpointBinding binding = connection.binding();
        binding.registry().leave();
        connection.session().releaseGrant();
        if (!connection.isCounted()) {
            return;
        }
        ConnectionListener listener = binding.listener();
        try {
            listener.lasted(
                    binding.pattern(),
                    connection.lifetime().age(connection.loop().now()));
        } finally {
            listener.closed(
                    binding.pattern(), ending == null ? GIVEN_UP : ending, told == null ? CloseStatus.ABNORMAL : told);
        }
    }
}
