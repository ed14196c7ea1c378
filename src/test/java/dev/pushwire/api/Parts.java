package dev.pushwire.api;

import dev.pushwire.access.AccessSettings;
import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.access.Revocations;
import dev.pushwire.access.TokenSettings;
import dev.pushwire.access.TokenVerifier;
import dev.pushwire.access.Tokens;
import dev.pushwire.push.Hub;
import dev.pushwire.push.TestHub;
import java.time.Duration;
import java.time.InstantSource;

/** Makes controllers without starting the service. */
final class Parts {
    private Parts() {}

    /** The rights of callers with one of these keys. Tokens are not accepted. */
    static Rights rights(ApiKeys keys) {
        Revocations revocations = Tokens.noneRevoked();
        TokenVerifier noTokens = new TokenVerifier(
                new TokenSettings(null, null, null, "pushwire", Duration.ZERO), revocations, InstantSource.system());
        AccessSettings open = new AccessSettings(true, null, Duration.ofSeconds(1), 0);
        return new Rights(new Callers(keys, noTokens), new ClaimsAccess(TestHub.RULES, false), open);
    }

    private static TopicPublisher publisher(Hub hub, Rights rights, int maxMessageSize) {
        return new TopicPublisher(
                hub, rights, new TopicNames(limit -> {}), new PublishLimits(maxMessageSize), new TraceContext(false));
    }

    /** A controller for callers with one of these keys. */
    static TopicController topicController(Hub hub, ApiKeys keys, int maxMessageSize) {
        Rights rights = rights(keys);
        return new TopicController(
                hub,
                rights,
                new TopicNames(limit -> {}),
                new TopicLists(hub, rights),
                publisher(hub, rights, maxMessageSize));
    }
}
