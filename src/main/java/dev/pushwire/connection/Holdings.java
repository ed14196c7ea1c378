package dev.pushwire.connection;

import dev.pushwire.connection.Ending.ClosingTimedOut;
import dev.pushwire.connection.Ending.ShortOfMemory;

/**
 * Counts the memory that is held for one connection, besides the fixed cost of its existence: its outbox, an incomplete
 * message, messages that wait for its endpoint, its memberships in groups, parts of TLS records. It does not know what
 * the endpoint keeps. The class has no instances, since each idle connection would need one.
 */
final class Holdings {
    private Holdings() {}

    /**
     * The approximate memory, in bytes. A frame that others are sent too counts as if it were this connection's own.
     */
    static long bytes(Connection connection) {
        return connection.out().memory() + besidesOutbox(connection);
    }

    private static long besidesOutbox(Connection connection) {
        return connection.transport().heldBytes()
                + connection.in().memory()
                + connection.delivery().memory()
                + connection.session().memory();
    }

    /** Reports to the loop how the memory has changed since the last call. */
    static void account(Connection connection) {
        connection.loop().memory().changed(connection.out().account(besidesOutbox(connection)));
    }

    /** Memory is short: drops what the peer may miss beyond {@code cut} bytes, or ends the connection. */
    static void giveUp(Connection connection, int cut) {
        if (connection.isOpen()) {
            connection.out().shedTo(cut);
            long left = bytes(connection);
            if (left > cut) {
                connection.end(new ShortOfMemory(left));
            }
        }
        if (connection.out().memory() > cut) {
            // A large frame that is half sent would have to go out before the Close. There is no time for that.
            connection.end(new ClosingTimedOut());
        }
        account(connection);
    }
}
