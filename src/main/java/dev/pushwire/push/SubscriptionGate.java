package dev.pushwire.push;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import java.util.Map;

/**
 * Checks a handshake that names its topics, before there is a session: the names, the access, the limits, and whether
 * the node can subscribe. Thread-safe; methods may wait for the broker.
 */
public final class SubscriptionGate {
    private static final Map<String, String> RETRY_LATER = Map.of("Retry-After", "5");

    private final Hub hub;
    private final TopicAccess access;
    private final NewTopics newTopics;
    private final LimitListener limits;

    public SubscriptionGate(Hub hub, TopicAccess access, NewTopics newTopics, LimitListener limits) {
        this.hub = hub;
        this.access = access;
        this.newTopics = newTopics;
        this.limits = limits;
    }

    /**
     * Reads the name of a topic.
     *
     * @throws HandshakeRefusedException 400 if it is not a name
     */
    public TopicPattern name(String text) throws HandshakeRefusedException {
        if (!TopicName.isValid(text)) {
            throw refusal(text, TopicName.RULE);
        }
        return new TopicPattern(text);
    }

    /**
     * Reads the name of a topic, or a pattern.
     *
     * @throws HandshakeRefusedException 400 if it is neither
     */
    public TopicPattern pattern(String text) throws HandshakeRefusedException {
        if (!TopicPattern.isValid(text)) {
            throw refusal(text, TopicName.RULE + " " + TopicPattern.RULE);
        }
        return new TopicPattern(text);
    }

    private HandshakeRefusedException refusal(String text, String rule) {
        if (text.length() > TopicName.MAX_LENGTH) {
            limits.exceeded(Limit.TOPIC_NAME_LENGTH);
        }
        return new HandshakeRefusedException(400, rule);
    }

    /**
     * Admits a client or refuses it, and subscribes the node to a topic by name.
     *
     * @throws HandshakeRefusedException 401 or 403 for a client without access, 429 for a client that begins too many
     *     topics, 503 if the node cannot subscribe now
     */
    public void pass(TopicPattern topic, Handshake handshake) throws HandshakeRefusedException {
        if (!access.maySubscribe(handshake.principal(), topic)) {
            throw handshake.principal() == null
                    ? new HandshakeRefusedException(
                            401,
                            "To subscribe to this topic, connect with a token.",
                            Map.of("WWW-Authenticate", "Bearer realm=\"pushwire\""))
                    : new HandshakeRefusedException(
                            403, "Neither the policy of this topic nor your token allows to subscribe to it.");
        }
        if (!hub.isLive(topic) && !newTopics.allows(handshake.remoteAddress())) {
            throw new HandshakeRefusedException(
                    429, "From this address as many topics were begun within a minute as may be.", RETRY_LATER);
        }
        if (topic.hasWildcard()) {
            return; // the node subscribes with the session
        }
        try {
            hub.prepare(topic.topic());
        } catch (BrokerUnavailableException e) {
            throw new HandshakeRefusedException(503, "Topics are unavailable for the moment.", RETRY_LATER);
        } catch (TooManyTopicsException e) {
            limits.exceeded(Limit.TOPICS);
            throw new HandshakeRefusedException(503, "This server has as many topics as it may have.", RETRY_LATER);
        }
    }
}
