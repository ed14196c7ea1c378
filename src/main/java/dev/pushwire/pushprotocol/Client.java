package dev.pushwire.pushprotocol;

import dev.pushwire.endpoint.Session;
import dev.pushwire.push.ClientSession;

/**
 * The state that this protocol keeps of one connection. Only the connection's callbacks use it, one after the other.
 */
final class Client {
    private static final String ATTRIBUTE = "push";

    private final ClientSession session;
    private int malformed;

    private Client(ClientSession session) {
        this.session = session;
    }

    static void create(Session connection, ClientSession session) {
        connection.attributes().put(ATTRIBUTE, new Client(session));
    }

    static Client of(Session connection) {
        if (connection.attributes().get(ATTRIBUTE) instanceof Client client) {
            return client;
        }
        throw new IllegalStateException("No client was made of " + connection);
    }

    ClientSession session() {
        return session;
    }

    /** How many malformed commands have come in a row. */
    int malformed() {
        return ++malformed;
    }

    void wellFormed() {
        malformed = 0;
    }
}
