package dev.pushwire.pushprotocol;

import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.push.ClientRefusal;
import java.util.Locale;

/** The reason why a command was not carried out. The codes are part of the protocol; the sentences are for people. */
public enum ErrorCode {
    MALFORMED("Commands come in text messages, as JSON."),
    UNKNOWN_TYPE(
            "There is no such command: there are connect, authenticate, subscribe, unsubscribe, publish, presence, ping."),
    UNAUTHENTICATED(ClientRefusal.UNAUTHENTICATED),
    INVALID_TOKEN(ClientRefusal.INVALID_TOKEN),
    OTHER_PRINCIPAL(ClientRefusal.OTHER_PRINCIPAL),
    TOO_MANY_CONNECTIONS(ClientRefusal.TOO_MANY_CONNECTIONS),
    INVALID_TOPIC(TopicName.RULE),
    TOPIC_TOO_LONG("A topic has at most " + TopicName.MAX_LENGTH + " characters."),
    INVALID_POSITION("'since' is a position as the server gave it; it and 'last' are for topics without wildcards."),
    INVALID_INFO("'info' is a JSON value of at most 1024 bytes."),
    INVALID_PUBLICATION("A publication has data, which with encoding 'base64' is a string in base64; 'key' and"
            + " 'idempotencyKey' are strings of 1 to " + PublishOptions.MAX_KEY_LENGTH + " characters."),
    ALREADY_SUBSCRIBED(ClientRefusal.ALREADY_SUBSCRIBED),
    NOT_SUBSCRIBED(ClientRefusal.NOT_SUBSCRIBED),
    TOO_MANY_SUBSCRIPTIONS(ClientRefusal.TOO_MANY_SUBSCRIPTIONS),
    TOO_MANY_PATTERNS(ClientRefusal.TOO_MANY_PATTERNS),
    SERVER_FULL(ClientRefusal.SERVER_FULL),
    TOO_MANY_NEW_TOPICS(ClientRefusal.TOO_MANY_NEW_TOPICS),
    TOO_MANY_TOPICS(ClientRefusal.TOO_MANY_TOPICS),
    FORBIDDEN(ClientRefusal.FORBIDDEN),
    NO_PRESENCE(ClientRefusal.NO_PRESENCE),
    UNAVAILABLE(ClientRefusal.UNAVAILABLE);

    private final String message;

    ErrorCode(String message) {
        this.message = message;
    }

    ErrorCode(ClientRefusal refusal) {
        this(refusal.sentence());
    }

    /** The code of a refusal in this protocol. */
    static ErrorCode of(ClientRefusal refusal) {
        return switch (refusal) {
            case UNAUTHENTICATED, TOKEN_NEEDED -> UNAUTHENTICATED;
            case INVALID_TOKEN -> INVALID_TOKEN;
            case OTHER_PRINCIPAL -> OTHER_PRINCIPAL;
            case TOO_MANY_CONNECTIONS -> TOO_MANY_CONNECTIONS;
            case ALREADY_SUBSCRIBED -> ALREADY_SUBSCRIBED;
            case NOT_SUBSCRIBED -> NOT_SUBSCRIBED;
            case TOO_MANY_SUBSCRIPTIONS -> TOO_MANY_SUBSCRIPTIONS;
            case TOO_MANY_PATTERNS -> TOO_MANY_PATTERNS;
            case SERVER_FULL -> SERVER_FULL;
            case TOO_MANY_NEW_TOPICS -> TOO_MANY_NEW_TOPICS;
            case TOO_MANY_TOPICS -> TOO_MANY_TOPICS;
            case FORBIDDEN -> FORBIDDEN;
            case NO_PRESENCE -> NO_PRESENCE;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    /** The code on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String message() {
        return message;
    }
}
