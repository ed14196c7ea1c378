package dev.pushwire.push;

import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.endpoint.spi.TokenAuthenticator;

/**
 * Makes a {@link ClientSession} for each client, by whichever way it comes. Thread-safe.
 *
 * @param newTopics how many topics one client may begin
 * @param limits what one client may be subscribed to
 * @param listener is told of clients that ask for more
 * @param events is told what clients do
 * @param clients has those that have come and not gone
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

    /** With clients of its own. */
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
     * A client has come. The caller has to {@link ClientSession#close} the session. On a virtual thread of the client: listeners
     * are told, and may block.
     *
     * @param session what the client is sent through: a connection, or what stands for one that comes and goes
     * @param format how it is told what happens on its topics
     */
    public ClientSession open(Session session, MessageFormat format) {
        ClientSession client = new ClientSession(this, LeasedSession.of(session), format);
        clients.add(client);
        if (events.isListening()) {
            events.happened(new ClientEvent.Connected(session.id(), session.principal(), session.remoteAddress()));
        }
        return client;
    }

    /** For a client that only shows its token: it has not come, and is not closed. */
    public ClientSession forToken(Session session, MessageFormat format) {
        return new ClientSession(this, LeasedSession.of(session), format);
    }
}
