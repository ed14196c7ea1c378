package dev.pushwire.connection;

import dev.pushwire.protocol.CloseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what a connection counts for: its place among all, its lease, and its place in the meters. The class has
 * no instances, since each idle connection would need one.
 */
final class ConnectionAccount {
    /** Stands for the ending of a connection if there was no memory to make one. */
    private static final Ending GIVEN_UP = new Ending.PeerVanished();

    private ConnectionAccount() {}

    /**
     * Closes the account. It is the last call for a connection, and comes once.
     *
     * @param told the status that the endpoint was told; null if it could not be
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
