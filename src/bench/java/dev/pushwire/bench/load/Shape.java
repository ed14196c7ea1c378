package dev.pushwire.bench.load;

/**
 * A load, independent of the server.
 *
 * @param kind what the connections do
 * @param connections how many there are; for handshakes, how many are under way at a time
 * @param size bytes of each message's payload
 * @param binary whether messages are binary rather than text
 * @param inFlight how many messages may be unanswered: for each connection of an echo, or for the one publisher of a
 *     broadcast
 * @param perSecond messages a second over all connections, for the paced echo
 * @param deflate whether the client offers permessage-deflate, and compresses what it sends
 * @param stuck how many of a broadcast's connections never read
 */
public record Shape(
        Kind kind, int connections, int size, boolean binary, int inFlight, int perSecond, boolean deflate, int stuck) {

    /** Whether messages come in the JSON of {@code /push}. */
    boolean isEnveloped() {
        return kind == Kind.PUBLICATIONS;
    }

    /** What a load's connections do. */
    public enum Kind {
        /** Each connection sends, and sends again when an answer has come: a closed loop. */
        ECHO,
        /** Messages are sent at their times, whether answers have come or not: an open loop. */
        PACED_ECHO,
        /** One connection publishes, all receive. */
        BROADCAST,
        /** The same by the protocol of {@code /push}: all subscribe to one topic, one publishes to it by commands. */
        PUBLICATIONS,
        /** Connections that are open, and nothing else. */
        IDLE,
        /** Connections are opened and closed again. */
        HANDSHAKES
    }
}
