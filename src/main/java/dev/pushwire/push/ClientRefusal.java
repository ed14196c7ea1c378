package dev.pushwire.push;

/** Why a {@link ClientSession} does not do what its client asks. The sentences are for people, and hold whatever the client speaks. */
public enum ClientRefusal {
    /** The client has still to say who it is: until then it may do nothing else. */
    UNAUTHENTICATED("First say who you are: send a token."),
    /** The topic is for clients with a token, and this one is anonymous. */
    TOKEN_NEEDED("That needs a token on this topic: authenticate."),
    /** The token is none that this service accepts. */
    INVALID_TOKEN("The token is not good."),
    /** The token is somebody else's than the connection. */
    OTHER_PRINCIPAL("The token is another principal's than this connection."),
    /** The token's bearer has as many connections as are allowed. */
    TOO_MANY_CONNECTIONS("There are as many connections of this principal as this server allows."),
    /** There is a subscription to this topic or pattern already. */
    ALREADY_SUBSCRIBED("This connection is subscribed to the topic: unsubscribe first."),
    /** There is no subscription that could end. */
    NOT_SUBSCRIBED("This connection is not subscribed to the topic."),
    /** By name, of one client. */
    TOO_MANY_SUBSCRIPTIONS("This connection is subscribed to as many topics as it may be."),
    /** Of one client. */
    TOO_MANY_PATTERNS("This connection is subscribed to as many patterns as it may be."),
    /** Of all clients of the node together. */
    SERVER_FULL("This server holds as many patterns as it may: subscribe to topics by name, or try again later."),
    /** Within a minute, of one client or its address. */
    TOO_MANY_NEW_TOPICS("This client has begun as many topics within a minute as it may: try again in a while."),
    /** On this node. */
    TOO_MANY_TOPICS("This server has as many topics as it may have: try again in a while."),
    /** Neither the topic's policy nor the client's token allows it. */
    FORBIDDEN("This connection may not do that on this topic."),
    /** The topic does not show its members. */
    NO_PRESENCE("This topic does not show its members."),
    /** The broker, or what checks tokens, cannot be reached. Whether it was done is not known. */
    UNAVAILABLE("Topics are unavailable for the moment; whether it was done is not known. Try again.");

    private final String sentence;

    ClientRefusal(String sentence) {
        this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
        return sentence;
    }
}
