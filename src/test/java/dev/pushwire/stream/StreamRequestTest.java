package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.push.NewTopics;
import dev.pushwire.push.SubscriptionGate;
import dev.pushwire.push.TestHub;
import dev.pushwire.push.TopicRules;
import dev.pushwire.testing.TestHandshake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamRequestTest {
    private static final Position PLACE = new Position("e", 7);
    private static final NewTopics ALL = new NewTopics() {
        @Override
        public boolean allows(Session session) {
            return true;
        }

        @Override
        public boolean allows(String remoteAddress) {
            return true;
        }
    };

    private final List<Limit> exceeded = new ArrayList<>();
    private final SubscriptionGate gate = new SubscriptionGate(
            new TestHub().hub(), new ClaimsAccess(new TopicRules(List.of()), false), ALL, exceeded::add);
    private final TestHandshake news = TestHandshake.to("/topics/news").withPathVariable("topic", "news");

    private Resumption resumption(TestHandshake handshake) throws HandshakeRefusedException {
        return StreamRequest.ofOne(handshake, gate).resumption();
    }

    @Test
    void aClientThatSaysNothingIsNew() throws Exception {
        assertThat(resumption(news)).isEqualTo(new Resumption.Fresh());
        assertThat(resumption(news.withHeader("Last-Event-ID", ""))).isEqualTo(new Resumption.Fresh());
    }

    @Test
    void theHeaderIsNewerThanTheUrl() throws Exception {
        TestHandshake both = news.withQueryParameter("since", "e:1")
                .withQueryParameter("lastEventId", "e.3")
                .withHeader("Last-Event-ID", "e.7");
        assertThat(resumption(both)).isEqualTo(new Resumption.From(List.of(PLACE)));
    }

    @Test
    void whoCannotSetTheHeaderSaysItInTheQuery() throws Exception {
        assertThat(resumption(news.withQueryParameter("lastEventId", "e.7")))
                .isEqualTo(new Resumption.From(List.of(PLACE)));
        assertThat(resumption(news.withQueryParameter("since", "e:7"))).isEqualTo(new Resumption.From(List.of(PLACE)));
    }

    /** A browser would give up at a 400, though there is nothing that its page could do about the header. */
    @Test
    void aPositionThatCannotBeReadIsTheClientsMistakeOnlyWhereAPersonWroteIt() throws Exception {
        assertThat(resumption(news.withHeader("Last-Event-ID", "17"))).isEqualTo(new Resumption.Unreadable());
        assertThat(resumption(news.withQueryParameter("lastEventId", "17"))).isEqualTo(new Resumption.Unreadable());
        assertRefused(() -> resumption(news.withQueryParameter("since", "17")), EventId.RULE);
    }

    @Test
    void aPathNamesATopicAndNoPattern() {
        assertRefused(() -> resumption(news.withPathVariable("topic", "news.*")), TopicName.RULE);
        assertRefused(() -> resumption(news.withPathVariable("topic", "x".repeat(129))), TopicName.RULE);
        assertThat(exceeded).containsExactly(Limit.TOPIC_NAME_LENGTH);
    }

    @Test
    void aQueryNamesAFewTopicsAndPatterns() throws Exception {
        TestHandshake handshake = TestHandshake.to("/topics").withHeader("Last-Event-ID", "e.7~-");
        StreamRequest wanted = StreamRequest.ofSeveral(List.of("news", "weather.>"), handshake, gate);
        assertThat(wanted.topics()).containsExactly(new TopicPattern("news"), new TopicPattern("weather.>"));
        assertThat(wanted.resumption()).isEqualTo(new Resumption.From(Arrays.asList(PLACE, null)));
        assertThat(wanted.resumption().id()).isEqualTo("e.7~-");
    }

    @Test
    void neitherNoTopicsNorVeryManyNorOneTwice() {
        for (List<String> names : List.of(
                List.<String>of(), List.of("a", "b", "c", "d", "e"), List.of("a", "b", "a"), List.of("a", "b..c"))) {
            assertRefused(() -> StreamRequest.ofSeveral(names, TestHandshake.to("/topics"), gate), "");
        }
    }

    private interface Reading {
        Object read() throws HandshakeRefusedException;
    }

    private static void assertRefused(Reading reading, String reason) {
        HandshakeRefusedException refusal = catchThrowableOfType(HandshakeRefusedException.class, () -> reading.read());
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal).hasMessageContaining(reason);
    }
}
