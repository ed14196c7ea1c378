package dev.pushwire.push;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.TokenAuthenticator;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a {@link ClientSession} does not do what its client asks. The sentences are for people, and fit every
 * door.
 */
public enum ClientRefusal {
    /** The client has yet to authenticate. Until then it may do nothing else. */
    UNAUTHENTICATED("Authenticate first: send a token."),
    /** The topic needs a token, and this client is anonymous. */
    TOKEN_NEEDED("This topic needs a token for that: authenticate."),
    /** This service does not accept the token. */
    INVALID_TOKEN("The token is not valid."),
    /** The token belongs to another user than the connection. */
    OTHER_PRINCIPAL("The token belongs to another principal than this connection."),
    /** The token's user has as many connections as are allowed. */
    TOO_MANY_CONNECTIONS("There are as many connections of this principal as this server allows."),
    /** The client is subscribed to this topic or pattern already. */
    ALREADY_SUBSCRIBED("This connection is subscribed to the topic: unsubscribe first."),
    /** The client is not subscribed to this topic or pattern. */
    NOT_SUBSCRIBED("This connection is not subscribed to the topic."),
    /** The client has as many subscriptions by name as it may have. */
    TOO_MANY_SUBSCRIPTIONS(
            "This connection is subscribed to as many topics as it may be.", Limit.SUBSCRIPTIONS_PER_CONNECTION),
    /** The client has as many subscriptions to patterns as it may have. */
    TOO_MANY_PATTERNS("This connection is subscribed to as many patterns as it may be.", Limit.PATTERNS_PER_CONNECTION),
    /** The clients of the node together have as many patterns as they may have. */
    SERVER_FULL(
            "This server holds as many patterns as it may: subscribe to topics by name, or try again later.",
            Limit.PATTERNS_PER_NODE),
    /** The client or its address has begun as many topics within a minute as it may. */
    TOO_MANY_NEW_TOPICS("This client has begun as many topics within a minute as it may: try again in a while."),
    /** The node has as many topics as it may have. */
    TOO_MANY_TOPICS("This server has as many topics as it may have: try again in a while.", Limit.TOPICS),
    /** Neither the topic's policy nor the client's token allows it. */
    FORBIDDEN("This connection may not do that on this topic."),
    /** The topic does not show its members. */
    NO_PRESENCE("This topic does not show its members."),
    /** The broker or the token check cannot be reached. The action may have happened or not. */
    UNAVAILABLE("Topics are unavailable for the moment; whether it was done is not known. Try again.");

    private final String sentence;
    private final @Nullable Limit limit;

    ClientRefusal(String sentence) {
        this(sentence, null);
    }

    ClientRefusal(String sentence, @Nullable Limit limit) {
        this.sentence = sentence;
        this.limit = limit;
    }

    /**
     * The refusal that a failure of the broker leads to.
     *
     * @throws RuntimeException the failure itself, if it is none that {@link dev.pushwire.broker.Broker} names
     */
    static ClientRefusal of(RuntimeException failure) {
        return switch (failure) {
            case BrokerUnavailableException _ -> UNAVAILABLE;
            case TooManyTopicsException _ -> TOO_MANY_TOPICS;
            default -> throw failure;
        };
    }

    /** The refusal that a refusal of the client's token leads to. */
    static ClientRefusal of(TokenAuthenticator.Refusal refusal) {
        return switch (refusal) {
            case INVALID -> INVALID_TOKEN;
            case OTHER_PRINCIPAL -> OTHER_PRINCIPAL;
            case TOO_MANY_CONNECTIONS -> TOO_MANY_CONNECTIONS;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    /** The sentence for people. */
    public String sentence() {
        return sentence;
    }

    /** The limit that the client has reached, and that is counted with the refusal; null for none. */
    @Nullable
    Limit limit() {
        return limit;
    }
}
