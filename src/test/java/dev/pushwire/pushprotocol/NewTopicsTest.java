package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.ClaimsAccess;
import dev.pushwire.broker.TopicName;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.TokenAuthenticator;
import dev.pushwire.push.ClientListener;
import dev.pushwire.push.ClientSessions;
import dev.pushwire.push.FakeNewTopics;
import dev.pushwire.push.SubscriptionLimits;
import dev.pushwire.push.TestHub;
import dev.pushwire.testing.RecordingSession;
import dev.pushwire.testing.TestHandshake;
import dev.pushwire.testing.TestText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** However many names a client makes up, and however many topics there are. */
class NewTopicsTest {
    private static final Pattern CODE = Pattern.compile("\"code\":\"(.*?)\"");

    private final TestHub hub = new TestHub();
    private final List<Limit> exceeded = new ArrayList<>();
    private final RecordingSession session = new RecordingSession();

    /** Quotes are written as apostrophes. */
    private void send(int newTopics, String... commands) {
        PushEndpoint endpoint = new PushEndpoint(
                new ClientSessions(
                        hub.hub(),
                        hub.presence(),
                        new ClaimsAccess(TestHub.RULES, true),
                        (_, token) -> new TokenAuthenticator.Outcome.Authenticated(() -> token, Instant.EPOCH),
                        new FakeNewTopics(newTopics),
                        new SubscriptionLimits(10, 10),
                        exceeded::add,
                        ClientListener.NONE),
                new ProtocolLimits(1000, 0, new SubscriptionLimits(10, 10)),
                exceeded::add);
        endpoint.onOpen(session, TestHandshake.to("/push"));
        for (String command : commands) {
            endpoint.onText(session, new TestText(command.replace('\'', '"')));
        }
    }

    private void assertErrors(String... codes) {
        List<String> found = session.texts().stream()
                .peek(ProtocolSchema::assertMessage)
                .flatMap(line -> CODE.matcher(line).results().map(match -> match.group(1)))
                .toList();
        assertThat(found).containsExactly(codes);
    }

    @Test
    void toNamesThatAreMadeUpIsRefusedAfterAWhile() {
        send(
                2,
                "{'type':'subscribe','id':1,'topic':'a'}",
                "{'type':'unsubscribe','id':2,'topic':'a'}",
                "{'type':'subscribe','id':3,'topic':'a'}",
                "{'type':'subscribe','id':4,'topic':'b'}",
                "{'type':'subscribe','id':5,'topic':'c'}",
                "{'type':'subscribe','id':6,'topic':'kept.*'}",
                "{'type':'unsubscribe','id':7,'topic':'b'}",
                "{'type':'subscribe','id':8,'topic':'b'}");
        assertErrors("too_many_new_topics", "too_many_new_topics");
        assertThat(hub.hub().heldTopics()).isEqualTo(2);
    }

    @Test
    void isRefusedWhereThereIsNoRoomForTheTopic() {
        for (int i = 0; i < TestHub.MOST_TOPICS; i++) {
            hub.subscribe(new TopicName("topic." + i), new RecordingSession());
        }
        send(
                Integer.MAX_VALUE,
                "{'type':'subscribe','id':1,'topic':'more'}",
                "{'type':'subscribe','id':2,'topic':'topic.0'}",
                "{'type':'publish','id':3,'topic':'kept.more','data':1}");
        assertErrors("too_many_topics", "too_many_topics");
        assertThat(exceeded).containsExactly(Limit.TOPICS, Limit.TOPICS);
    }
}
