package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.TokenAuthenticator;
import dev.pushwire.testing.RecordingSession;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client may do on topics, whatever its protocol. Here there is no protocol: messages come as they were
 * published.
 */
abstract class ClientSessionFixture {
    static final TopicName KEPT = new TopicName("kept.news");
    static final TopicPattern NEWS = TopicPattern.exactly(KEPT);
    static final TopicPattern PLAIN = new TopicPattern("plain");
    static final Instant EXPIRY = Instant.ofEpochSecond(4_000_000_000L);

    final TestHub hub = new TestHub(3);
    final List<Limit> exceeded = new ArrayList<>();
    final RecordingListener events = new RecordingListener();
    final RecordingSession session = new RecordingSession();
    TopicAccess access = new ClaimsAccess(TestHub.RULES, true);
    int newTopics = Integer.MAX_VALUE;

    ClientSession open(RecordingSession of) {
        return new ClientSessions(
                        hub.hub(),
                        hub.presence(),
                        access,
                        ClientSessionFixture::authenticate,
                        new FakeNewTopics(newTopics),
                        new SubscriptionLimits(2, 2),
                        exceeded::add,
                        events)
                .open(of, RawFormat.INSTANCE);
    }

    /** A token is its bearer's name; nobody is called nobody. */
    private static TokenAuthenticator.Outcome authenticate(dev.pushwire.endpoint.Session session, String token) {
        LeasedSession leased = LeasedSession.of(session);
        if (token.equals("nobody") || !leased.replaceLease(leased.lease(), AccessLease.lasting(() -> token))) {
            return new TokenAuthenticator.Outcome.Refused(TokenAuthenticator.Refusal.INVALID, "Nobody is no one.");
        }
        return new TokenAuthenticator.Outcome.Authenticated(() -> token, EXPIRY);
    }

    static ClientResult<Subscribed> subscribe(ClientSession client, String topic) {
        return client.subscribe(new TopicPattern(topic), StartPoint.NOW, null, _ -> {});
    }

    static ClientResult<?> publish(ClientSession client, String topic) {
        return client.publish(new TopicName(topic), Payload.text("hi"), PublishOptions.NONE);
    }

    static void assertRefused(ClientRefusal refusal, ClientResult<?> result) {
        assertThat(result).isEqualTo(new ClientResult.Refused<>(refusal));
    }

    static <T> T done(ClientResult<T> result) {
        assertThat(result).isInstanceOf(ClientResult.Done.class);
        return ((ClientResult.Done<T>) result).value();
    }

    /** Subscriptions to everything, for one. */
    record OnlyFor(String name) implements SubscribeOnly {
        @Override
        public boolean maySubscribe(@Nullable Principal who, TopicPattern topics) {
            return who != null && who.getName().equals(name);
        }

        @Override
        public boolean tokenMayLetSubscribe(TopicPattern topics) {
            return true;
        }
    }
}
