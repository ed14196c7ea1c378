package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.testing.RecordingSession;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a client asks for. */
class ClientSessionTest extends ClientSessionFixture {
    @Nested
    class Subscribing {
        @Test
        void isToldBeforeTheFirstPublication() {
            Position missed = hub.publish(KEPT, "a");
            hub.publish(KEPT, "b");
            List<String> heardBefore = new ArrayList<>();
            List<Subscribed> told = new ArrayList<>();
            Subscribed subscribed = done(open(session).subscribe(NEWS, StartPoint.of(missed), null, begun -> {
                told.add(begun);
                heardBefore.addAll(session.texts());
            }));
            hub.publish(KEPT, "c");
            assertThat(told).containsExactly(subscribed);
            assertThat(subscribed).isEqualTo(new Subscribed(NEWS, new SubscriptionStart(missed, true), true));
            assertThat(heardBefore).isEmpty();
            assertThat(session.texts()).containsExactly("b", "c");
        }

        @Test
        void mayBeginWithTheNewest() {
            hub.publish(KEPT, "a");
            Position before = hub.publish(KEPT, "b");
            hub.publish(KEPT, "c");
            Subscribed subscribed = done(open(session).subscribe(NEWS, new StartPoint(null, 1), null, _ -> {}));
            assertThat(subscribed.start()).isEqualTo(new SubscriptionStart(before, true));
            hub.publish(KEPT, "d");
            assertThat(session.texts()).containsExactly("c", "d");
        }

        @Test
        void endsWhenItIsUnsubscribedAndNotTwice() {
            ClientSession client = open(session);
            done(subscribe(client, "plain"));
            done(subscribe(client, "kept.*"));
            assertThat(client.subscriptions()).containsExactlyInAnyOrder(PLAIN, new TopicPattern("kept.*"));
            done(client.unsubscribe(PLAIN));
            done(client.unsubscribe(new TopicPattern("kept.*")));
            hub.publish(new TopicName("plain"), "a");
            hub.publish(KEPT, "b");
            assertThat(session.texts()).isEmpty();
            assertRefused(ClientRefusal.NOT_SUBSCRIBED, client.unsubscribe(PLAIN));
        }

        @Test
        void isLimitedAndThatIsCounted() {
            ClientSession client = open(session);
            done(subscribe(client, "a"));
            assertRefused(ClientRefusal.ALREADY_SUBSCRIBED, subscribe(client, "a"));
            done(subscribe(client, "b"));
            assertRefused(ClientRefusal.TOO_MANY_SUBSCRIPTIONS, subscribe(client, "c"));
            done(subscribe(client, "a.*"));
            done(subscribe(client, "b.*"));
            assertRefused(ClientRefusal.TOO_MANY_PATTERNS, subscribe(client, "c.*"));
            ClientSession other = open(new RecordingSession());
            done(subscribe(other, "c.*"));
            assertRefused(ClientRefusal.SERVER_FULL, subscribe(other, "d.*"));
            assertThat(exceeded)
                    .containsExactly(
                            Limit.SUBSCRIPTIONS_PER_CONNECTION, Limit.PATTERNS_PER_CONNECTION, Limit.PATTERNS_PER_NODE);
        }

        @Test
        void toNamesThatAreMadeUpIsLimited() {
            newTopics = 1;
            ClientSession client = open(session);
            done(subscribe(client, "a"));
            assertRefused(ClientRefusal.TOO_MANY_NEW_TOPICS, subscribe(client, "b"));
        }

        @Test
        void isRefusedWithoutRoomForTheTopic() {
            for (int i = 0; i < TestHub.MOST_TOPICS; i++) {
                hub.subscribe(new TopicName("topic." + i), new RecordingSession());
            }
            assertRefused(ClientRefusal.TOO_MANY_TOPICS, subscribe(open(session), "more"));
            assertThat(exceeded).containsExactly(Limit.TOPICS);
        }

        @Test
        void whileTheBrokerIsAwayLeavesNothing() {
            ClientSession client = open(session);
            hub.broker().setUnavailable(true);
            assertRefused(ClientRefusal.UNAVAILABLE, subscribe(client, "a"));
            assertRefused(ClientRefusal.UNAVAILABLE, subscribe(client, "a.*"));
            assertThat(client.subscriptions()).isEmpty();
            hub.broker().setUnavailable(false);
            done(subscribe(client, "a"));
            done(subscribe(client, "a.*"));
        }
    }

    @Nested
    class Rights {
        @Test
        void ofTheTopicAndOfTheTokenDecide() {
            ClientSession client = open(session);
            assertRefused(ClientRefusal.FORBIDDEN, subscribe(client, "closed.a"));
            assertRefused(ClientRefusal.FORBIDDEN, client.presence(new TopicName("closed.a")));
            assertRefused(ClientRefusal.TOKEN_NEEDED, publish(client, "plain"));
            assertThat(done(client.authenticate("ada")).principal().getName()).isEqualTo("ada");
            assertRefused(ClientRefusal.FORBIDDEN, publish(client, "plain"));
            done(publish(client, "kept.news"));
        }

        @Test
        void ofAnotherTokenEndSubscriptions() {
            access = new OnlyFor("ada");
            ClientSession client = open(session);
            done(client.authenticate("ada"));
            done(subscribe(client, "plain"));
            done(subscribe(client, "kept.*"));
            Authenticated anew = done(client.authenticate("bob"));
            assertThat(anew.expiresAt()).isEqualTo(EXPIRY);
            assertThat(anew.expiresIn()).isEqualTo(Duration.between(hub.clock().instant(), EXPIRY));
            assertThat(anew.ended()).containsExactlyInAnyOrder(PLAIN, new TopicPattern("kept.*"));
            assertThat(client.subscriptions()).isEmpty();
            assertThat(hub.hub().activeSubscriptions()).isZero();
        }

        @Test
        void stayWhenATokenIsRefused() {
            ClientSession client = open(session);
            done(subscribe(client, "plain"));
            assertThat(client.authenticate("nobody"))
                    .isEqualTo(new ClientResult.Refused<>(ClientRefusal.INVALID_TOKEN, "Nobody is no one."));
            assertThat(client.subscriptions()).containsExactly(PLAIN);
        }

        @Test
        void areNoneBeforeTheFirstTokenIsThere() {
            session.replaceLease(session.lease(), new Provisional());
            ClientSession client = open(session);
            assertThat(client.isProvisional()).isTrue();
            assertRefused(ClientRefusal.UNAUTHENTICATED, subscribe(client, "plain"));
            assertRefused(ClientRefusal.UNAUTHENTICATED, client.unsubscribe(PLAIN));
            assertRefused(ClientRefusal.UNAUTHENTICATED, publish(client, "kept.news"));
            assertRefused(ClientRefusal.UNAUTHENTICATED, client.presence(KEPT));
            done(client.authenticate("ada"));
            assertThat(client.isProvisional()).isFalse();
            done(subscribe(client, "plain"));
        }
    }

    @Nested
    class PublishingWithoutWaiting {
        private CompletableFuture<ClientResult<PublishResult>> publishAsync(ClientSession client, String topic) {
            return client.publishAsync(new TopicName(topic), Payload.text("hi"), PublishOptions.NONE);
        }

        @Test
        void publishesWhatTheClientMayPublish() {
            ClientSession client = open(session);
            done(subscribe(client, "kept.news"));
            assertThat(done(publishAsync(client, "kept.news").join()).position().offset())
                    .isOne();
            assertThat(session.texts()).containsExactly("hi");
            assertThat(hub.hub().publications()).isOne();
        }

        @Test
        void leavesRefusalsToTheOtherWay() {
            ClientSession client = open(session);
            assertThat(client.publishesAsync()).isTrue();
            assertThat(publishAsync(client, "plain")).isNull();
            client.close(CloseStatus.NORMAL);
            assertThat(client.publishesAsync()).isFalse();

            RecordingSession other = new RecordingSession();
            other.replaceLease(other.lease(), new Provisional());
            assertThat(open(other).publishesAsync()).isFalse();
        }

        @Test
        void isNotForRulesThatMayWait() {
            access = new OnlyFor("ada");
            assertThat(open(session).publishesAsync()).isFalse();
        }

        @Test
        void isRefusedWithoutRoomForTheTopic() {
            ClientSession client = open(session);
            for (int i = 0; i < TestHub.MOST_TOPICS; i++) {
                hub.subscribe(new TopicName("topic." + i), new RecordingSession());
            }
            assertRefused(
                    ClientRefusal.TOO_MANY_TOPICS,
                    publishAsync(client, "kept.news").join());
            assertThat(exceeded).containsExactly(Limit.TOPICS);
        }

        @Test
        void isRefusedWhileTheBrokerIsAway() {
            ClientSession client = open(session);
            hub.broker().setUnavailable(true);
            assertRefused(
                    ClientRefusal.UNAVAILABLE, publishAsync(client, "kept.news").join());
            assertThat(hub.hub().publications()).isZero();
        }
    }

    @Nested
    class BeingPresent {
        @Test
        void isShownWithTheInfoAndFromTheFirstTokenOnWithTheName() {
            ClientSession client = open(session);
            done(client.subscribe(NEWS, StartPoint.NOW, "7", _ -> {}));
            assertThat(done(client.presence(KEPT))).containsExactly(new Member(client.id(), null, "7"));
            done(client.authenticate("ada"));
            assertThat(done(client.presence(KEPT))).containsExactly(new Member(client.id(), "ada", "7"));
            done(client.unsubscribe(NEWS));
            assertThat(done(client.presence(KEPT))).isEmpty();
        }

        @Test
        void isNotShownEverywhere() {
            assertRefused(ClientRefusal.NO_PRESENCE, open(session).presence(new TopicName("plain")));
        }
    }

    @Nested
    class Closing {
        @Test
        void endsAllThatTheClientBegan() {
            ClientSession client = open(session);
            done(subscribe(client, "kept.news"));
            done(subscribe(client, "kept.*"));
            client.close(CloseStatus.NORMAL);
            assertThat(hub.hub().activeSubscriptions()).isZero();
            assertThat(hub.presence().members(KEPT)).isEmpty();
            assertRefused(ClientRefusal.UNAVAILABLE, subscribe(client, "plain"));
            assertThat(hub.hub().activeSubscriptions()).isZero();
        }

        /** Another thread may have subscribed it meanwhile. */
        @Test
        void waitsForWhatIsUnderWayAndEndsThatToo() throws InterruptedException {
            ClientSession client = open(session);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Thread subscribing = Thread.ofVirtual()
                    .start(() -> client.subscribe(PLAIN, StartPoint.NOW, null, _ -> {
                        begun.countDown();
                        await(goOn);
                    }));
            await(begun);
            Thread closing = Thread.ofVirtual().start(() -> client.close(CloseStatus.NORMAL));
            goOn.countDown();
            subscribing.join();
            closing.join();
            assertThat(client.subscriptions()).isEmpty();
            assertThat(hub.hub().activeSubscriptions()).isZero();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private record Provisional() implements AccessLease {
        @Override
        public @Nullable Principal principal() {
            return null;
        }

        @Override
        public @Nullable CloseStatus ending(long now) {
            return null;
        }

        @Override
        public boolean provisional() {
            return true;
        }

        @Override
        public void release() {}
    }
}
