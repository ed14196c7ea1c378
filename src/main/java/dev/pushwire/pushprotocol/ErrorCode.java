package dev.pushwire.pushprotocol;

import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import java.util.Locale;

/** Why a command was not carried out. The codes are part of the protocol; the sentences are for people. */
public enum ErrorCode {
    MALFORMED("Commands come in text messages, as JSON."),
    UNKNOWN_TYPE("There is no such command: there are authenticate, subscribe, unsubscribe, publish, presence, ping."),
    UNAUTHENTICATED("First say who you are, with authenticate."),
    INVALID_TOKEN("The token is not good."),
    OTHER_PRINCIPAL("The token is another principal's than this connection."),
    TOO_MANY_CONNECTIONS("There are as many connections of this principal as this server allows."),
    INVALID_TOPIC(TopicName.RULE),
    TOPIC_TOO_LONG("A topic has at most " + TopicName.MAX_LENGTH + " characters."),
    INVALID_POSITION("'since' is a position as the server gave it, for a topic without wildcards."),
    INVALID_INFO("'info' is a JSON value of at most 1024 bytes."),
    INVALID_PUBLICATION("A publication has data, which with encoding 'base64' is a string in base64; 'key' and"
            + " 'idempotencyKey' are strings of 1 to " + PublishOptions.MAX_KEY_LENGTH + " characters."),
    ALREADY_SUBSCRIBED("This connection is subscribed to the topic: unsubscribe first."),
    NOT_SUBSCRIBED("This connection is not subscribed to the topic."),
    TOO_MANY_SUBSCRIPTIONS("This connection is subscribed to as many topics as it may be."),
    TOO_MANY_PATTERNS("This connection is subscribed to as many patterns as it may be."),
    SERVER_FULL("This server holds as many patterns as it may: subscribe to topics by name, or try again later."),
    TOO_MANY_NEW_TOPICS("This client has begun as many topics within a minute as it may: try again in a while."),
    TOO_MANY_TOPICS("This server has as many topics as it may have: try again in a while."),
    FORBIDDEN("This connection may not do that on this topic."),
    NO_PRESENCE("This topic does not show who is on it."),
    UNAVAILABLE("Topics are unavailable for the moment; whether it was done is not known. Try again.");

    private final String message;

    ErrorCode(String message) {
        this.message = message;
    }

    /** On the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String message() {
        return message;
    }
}
