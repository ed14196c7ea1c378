package dev.pushwire.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What happens to a client that it did not ask for, and what an application hears of clients. */
class ClientSessionServerTest extends ClientSessionFixture {
    @Nested
    class ByTheServer {
        private final List<Subscribed> told = new ArrayList<>();
        private final List<TopicPattern> refused = new ArrayList<>();

        private ClientSession openFor(String... topics) {
            access =
                    new AutoFor(access, Stream.of(topics).map(TopicPattern::new).toList());
            return open(session);
        }

        private void subscribe(ClientSession client) {
            client.subscribeByServer(told::add, (topic, _) -> refused.add(topic));
        }

        @Test
        void theClientIsSubscribedWithoutAsking() {
            ClientSession client = openFor("plain", "kept.*", "closed.a");
            subscribe(client);
            hub.publish(new TopicName("plain"), "a");
            hub.publish(KEPT, "b");
            assertThat(session.texts()).containsExactly("a", "b");
            assertThat(told).extracting(Subscribed::topic).containsExactly(PLAIN, new TopicPattern("kept.*"));
            assertThat(refused).containsExactly(new TopicPattern("closed.a"));
        }

        @Test
        void onlyWhereItIsNotSubscribedAlready() {
            ClientSession client = openFor("plain");
            done(ClientSessionFixture.subscribe(client, "plain"));
            subscribe(client);
            subscribe(client);
            assertThat(told).isEmpty();
            assertRefused(ClientRefusal.ALREADY_SUBSCRIBED, ClientSessionFixture.subscribe(client, "plain"));
        }

        /** Otherwise a client that comes back could not get what it missed. */
        @Test
        void theClientMayStillSayWhereItLeftOff() {
            Position missed = hub.publish(KEPT, "a");
            hub.publish(KEPT, "b");
            ClientSession client = openFor("kept.news");
            subscribe(client);
            assertThat(done(client.subscribe(NEWS, StartPoint.of(missed), null, _ -> {}))
                            .start())
                    .isEqualTo(new SubscriptionStart(missed, true));
            hub.publish(KEPT, "c");
            assertThat(session.texts()).containsExactly("b", "c");
            assertRefused(ClientRefusal.ALREADY_SUBSCRIBED, ClientSessionFixture.subscribe(client, "kept.news"));
        }

        @Test
        void aClientThatCannotSubscribeItselfKeepsWhatItHad() {
            Position missed = hub.publish(KEPT, "a");
            hub.publish(KEPT, "b");
            ClientSession client = openFor("kept.news");
            subscribe(client);
            events.listen();
            hub.broker().setUnavailable(true);
            assertRefused(ClientRefusal.UNAVAILABLE, client.subscribe(NEWS, StartPoint.of(missed), null, _ -> {}));
            hub.broker().setUnavailable(false);
            hub.publish(KEPT, "c");
            assertThat(session.texts()).containsExactly("c");
            assertThat(client.subscriptions()).containsExactly(NEWS);
            assertThat(done(client.presence(KEPT))).hasSize(1);
            assertThat(events.events()).isEmpty();
            done(client.subscribe(NEWS, StartPoint.of(missed), null, _ -> {}));
            assertThat(session.texts()).containsExactly("c", "b", "c");
        }

        @Test
        void aClientThatMayNotSubscribeItselfKeepsWhatItHad() {
            Set<TopicPattern> once = new HashSet<>();
            SubscribeOnly rule = (who, topic) -> once.add(topic);
            access = rule;
            ClientSession client = openFor("kept.news", "kept.*");
            subscribe(client);
            assertThat(told).hasSize(2);
            assertRefused(ClientRefusal.FORBIDDEN, ClientSessionFixture.subscribe(client, "kept.news"));
            assertRefused(ClientRefusal.FORBIDDEN, ClientSessionFixture.subscribe(client, "kept.*"));
            hub.publish(KEPT, "a");
            assertThat(session.texts()).containsExactly("a");
            assertThat(client.unsubscribe(NEWS)).isInstanceOf(ClientResult.Done.class);
            hub.publish(KEPT, "b");
            assertThat(session.texts()).containsExactly("a", "b");
        }

        @Test
        void whatTheClientSubscribesToItselfTakesThePlaceOfTheServers() {
            ClientSession client = openFor("kept.news", "kept.*");
            subscribe(client);
            events.listen();
            done(client.subscribe(NEWS, StartPoint.NOW, "1", _ -> {}));
            done(ClientSessionFixture.subscribe(client, "kept.*"));
            assertThat(events.events())
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("Unsubscribed", "Subscribed", "Unsubscribed", "Subscribed");
            assertThat(done(client.presence(KEPT)))
                    .singleElement()
                    .extracting(Member::info)
                    .isEqualTo("1");
            hub.publish(KEPT, "a");
            assertThat(session.texts()).containsExactly("a");
            assertRefused(ClientRefusal.ALREADY_SUBSCRIBED, ClientSessionFixture.subscribe(client, "kept.*"));
        }
    }

    /** The same rights, and some topics without asking. */
    private record AutoFor(TopicAccess rights, List<TopicPattern> topics) implements SubscribeOnly {
        @Override
        public boolean maySubscribe(@Nullable Principal who, TopicPattern asked) {
            return rights.maySubscribe(who, asked);
        }

        @Override
        public List<TopicPattern> subscribedByServer(@Nullable Principal who) {
            return topics;
        }
    }

    @Nested
    class Events {
        @Test
        void tellWhatTheClientDoesInOrder() {
            events.listen();
            access = new OnlyFor("ada");
            ClientSession client = open(session);
            done(client.authenticate("ada"));
            done(subscribe(client, "plain"));
            done(subscribe(client, "kept.*"));
            assertRefused(ClientRefusal.ALREADY_SUBSCRIBED, subscribe(client, "plain"));
            done(client.unsubscribe(PLAIN));
            done(client.authenticate("bob"));
            client.close(CloseStatus.ABNORMAL);
            client.close(CloseStatus.ABNORMAL);
            assertThat(events.events())
                    .extracting(event -> event.getClass().getSimpleName(), ClientSessionServerTest::name)
                    .containsExactly(
                            tuple("Connected", "nobody"),
                            tuple("Subscribed", "ada"),
                            tuple("Subscribed", "ada"),
                            tuple("Unsubscribed", "ada"),
                            tuple("Unsubscribed", "bob"),
                            tuple("Disconnected", "bob"));
            assertThat(events.events()).allMatch(event -> event.connection().equals(session.id()));
        }

        @Test
        void tellOfTheSubscriptionsThatEndWithTheConnection() {
            events.listen();
            ClientSession client = open(session);
            done(subscribe(client, "plain"));
            client.close(CloseStatus.NORMAL);
            assertThat(events.events().subList(1, 4))
                    .containsExactly(
                            new ClientEvent.Subscribed(session.id(), null, "plain"),
                            new ClientEvent.Unsubscribed(session.id(), null, "plain"),
                            new ClientEvent.Disconnected(session.id(), null, CloseStatus.NORMAL));
        }

        @Test
        void areNotMadeForNobody() {
            ClientSession client = open(session);
            done(subscribe(client, "plain"));
            client.close(CloseStatus.NORMAL);
            assertThat(events.events()).isEmpty();
        }
    }

    private static String name(ClientEvent event) {
        return event.principal() == null ? "nobody" : event.principal().getName();
    }
}
