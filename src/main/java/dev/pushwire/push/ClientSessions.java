package dev.pushwire.push;

import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.endpoint.spi.TokenAuthenticator;

/**
 * Makes a {@link ClientSession} for each client, whatever its door. Thread-safe.
 *
 * @param newTopics how many topics one client may begin
 * @param limits how many topics and patterns one client may be subscribed to
 * @param listener is told of clients that reach a limit
 * @param events is told what clients do
 * @param clients holds the clients that are connected
 */
public record ClientSessions(
        Hub hub,
        Presence presence,
        TopicAccess access,
        TokenAuthenticator tokens,
        NewTopics newTopics,
        SubscriptionLimits limits,
        LimitListener listener,
        ClientListener events,
        OpenClients clients) {

    /** Makes sessions with a list of clients of its own. */
    public ClientSessions(
            Hub hub,
            Presence presence,
            TopicAccess access,
            TokenAuthenticator tokens,
            NewTopics newTopics,
            SubscriptionLimits limits,
            LimitListener listener,
            ClientListener events) {
        this(hub, presence, access, tokens, newTopics, limits, listener, events, new OpenClients());
    }

    /**
     * A client has connected. The caller must {@link ClientSession#close} the session. The method runs on a virtual
     * thread of the client, since listeners are told and may block.
     *
     * @param session where the client is sent messages: a connection, or a session that outlives connections
     * @param format how the client is told what happens on its topics
     */
    public ClientSession open(Session session, MessageFormat format) {
        ClientSession client = new ClientSession(this, LeasedSession.of(session), format);
        clients.add(client);
        if (events.isListening()) {
            events.happened(new ClientEvent.Connected(session.id(), session.principal(), session.remoteAddress()));
        }
        return client;
    }

    /**
     * Makes a session for a client that only shows its token. The client does not count as connected, and the session
     * is not closed.
     */
    public ClientSession forToken(Session session, MessageFormat format) {
        return new ClientSession(this, LeasedSession.of(session), format);
    }
}
