package dev.pushwire.connection;

import dev.pushwire.connection.Ending.ClosingTimedOut;
import dev.pushwire.connection.Ending.ShortOfMemory;

/**
 * The memory that is held for one connection, besides the fixed cost of its existence: its outbox, a message that is not
 * complete, messages that wait for its endpoint, its memberships in groups, parts of TLS records. What the endpoint keeps is not known here.
 * Has no object of its own, since there is one for each idle connection too.
 */
final class Holdings {
    private Holdings() {}

    /** In bytes, about; a frame that others are sent too counts as if it were this connection's own. */
    static long bytes(Connection connection) {
        return connection.out().memory() + besidesOutbox(connection);
    }

    private static long besidesOutbox(Connection connection) {
        return connection.transport().heldBytes()
                + connection.in().memory()
                + connection.delivery().memory()
                + connection.session().memory();
    }

    /** Tells the loop what has come to be held since the last call, or is held no more. */
    static void account(Connection connection) {
        connection.loop().memory().changed(connection.out().account(besidesOutbox(connection)));
    }

    /** There is too little memory for all: what the peer may miss beyond {@code cut} bytes goes, or the connection. */
    static void giveUp(Connection connection, int cut) {
        if (connection.isOpen()) {
            connection.out().shedTo(cut);
            long left = bytes(connection);
            if (left > cut) {
                connection.end(new ShortOfMemory(left));
            }
        }
        if (connection.out().memory() > cut) {
            // a large frame that is half sent would have to go out before the Close: too late for that
            connection.end(new ClosingTimedOut());
        }
        account(connection);
    }
}
