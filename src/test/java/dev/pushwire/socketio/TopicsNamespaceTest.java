package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Position;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.ClientSession;
import dev.pushwire.socketio.TestServer.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics below {@code kept.} remember, and show who is there; those below {@code closed.} let nobody in. */
@Timeout(120)
class TopicsNamespaceTest {
    private static final TopicName NEWS = new TopicName("kept.news");

    private final TestServer test = new TestServer();
    private TestClient client;

    @BeforeEach
    void connect() {
        client = test.connect("/topics");
    }

    @Test
    void subscribesAndIsToldOfPublications() {
        Position before = test.hub.publish(NEWS, "first");
        client.send("42/topics,1[\"subscribe\",\"kept.news\"]");
        String answer = client.awaitStart("43/topics,1");
        assertThat(answer)
                .isEqualTo("43/topics,1[{\"topic\":\"kept.news\",\"epoch\":\"" + before.epoch()
                        + "\",\"offset\":1,\"recovered\":true,\"connection\":\"" + client.session.id() + "\"}]");
        test.hub.publish(NEWS, "second");
        client.awaitMessage("42/topics,[\"publication\",{\"topic\":\"kept.news\",\"epoch\":\"" + before.epoch()
                + "\",\"offset\":2,\"data\":\"second\"}]");
    }

    @Test
    void givesWhatWasMissedBehindTheAnswer() {
        Position first = test.hub.publish(NEWS, "first");
        test.hub.publish(NEWS, "second");
        client.send("42/topics,1[\"subscribe\",\"kept.news\",{\"since\":\"" + first + "\"}]");
        client.awaitStart("42/topics,[\"publication\"");
        assertThat(client.messages().getFirst()).startsWith("43/topics,1").contains("\"recovered\":true");
        assertThat(client.messages().get(1)).contains("\"offset\":2,\"data\":\"second\"");
    }

    @Test
    void subscribesToPatterns() {
        client.send("42/topics,1[\"subscribe\",\"kept.*\"]").awaitMessage("43/topics,1[{\"topic\":\"kept.*\"}]");
        test.hub.publish(NEWS, "text");
        client.awaitMessage(
                "42/topics,[\"publication\",{\"subscription\":\"kept.*\",\"topic\":\"kept.news\",\"epoch\":\"" + epoch()
                        + "\",\"offset\":1,\"data\":\"text\"}]");
    }

    @Test
    void saysByWhichPatternBytesCame() {
        client.send("42/topics,1[\"subscribe\",\"kept.*\"]").awaitStart("43/topics,1");
        TestClient byBoth = test.connect("/topics");
        byBoth.send("42/topics,1[\"subscribe\",\"kept.*\"]", "42/topics,2[\"subscribe\",\"kept.news\"]")
                .awaitStart("43/topics,2");
        client.send("451-/topics,[\"publish\",\"kept.news\",{\"_placeholder\":true,\"num\":0}]", new byte[] {1, 2, 3});
        String publication = "\"topic\":\"kept.news\",\"epoch\":\"" + epoch()
                + "\",\"offset\":1,\"data\":{\"_placeholder\":true,\"num\":0}}]";
        client.awaitMessage("451-/topics,[\"publication\",{\"subscription\":\"kept.*\"," + publication);
        client.awaitMessage("binary \1\2\3");
        byBoth.awaitMessage("451-/topics,[\"publication\",{" + publication);
        byBoth.awaitMessage("binary \1\2\3");
    }

    @Test
    void unsubscribes() {
        client.send("42/topics,1[\"subscribe\",\"kept.news\"]", "42/topics,2[\"unsubscribe\",\"kept.news\"]")
                .awaitMessage("43/topics,2[{\"topic\":\"kept.news\"}]");
        test.hub.publish(NEWS, "text");
        assertThat(client.messages()).noneMatch(message -> message.contains("publication"));
    }

    @Test
    void publishesTextJsonAndBytes() {
        client.send("42/topics,0[\"subscribe\",\"kept.news\"]").awaitStart("43/topics,0");
        client.send("42/topics,1[\"publish\",\"kept.news\",\"text\"]");
        client.awaitStart("43/topics,1[{\"topic\":\"kept.news\",\"epoch\":");
        client.send("42/topics,[\"publish\",\"kept.news\",{\"a\":1.50},{\"key\":\"k\"}]");
        client.send("451-/topics,[\"publish\",\"kept.news\",{\"_placeholder\":true,\"num\":0}]", new byte[] {1, 2, 3});
        client.awaitStart("451-/topics,[\"publication\",{\"topic\":\"kept.news\",\"epoch\":\"" + epoch()
                + "\",\"offset\":3,\"data\":{\"_placeholder\":true,\"num\":0}}]");
        assertThat(client.messages()).last().isEqualTo("binary \1\2\3");
        assertThat(client.messages())
                .anyMatch(message -> message.endsWith("\"offset\":1,\"data\":\"text\"}]"))
                .anyMatch(message -> message.endsWith("\"offset\":2,\"key\":\"k\",\"data\":{\"a\":1.50}}]"));
    }

    @Test
    void publishesOnceForAnIdempotencyKey() {
        String publish = "[\"publish\",\"kept.news\",\"x\",{\"idempotencyKey\":\"i\"}]";
        client.send("42/topics,1" + publish, "42/topics,2" + publish);
        assertThat(client.awaitStart("43/topics,2")).contains("\"offset\":1,\"duplicate\":true");
    }

    @Test
    void showsWhoIsThere() {
        client.send("42/topics,1[\"subscribe\",\"kept.news\",{\"info\":{\"n\":1}}]")
                .awaitStart("43/topics,1");
        client.send("42/topics,2[\"presence\",\"kept.news\"]")
                .awaitMessage("43/topics,2[{\"topic\":\"kept.news\",\"members\":[{\"connection\":\""
                        + client.session.id() + "\",\"info\":{\"n\":1}}]}]");
        TestClient other = test.connect("/topics");
        other.send("42/topics,1[\"subscribe\",\"kept.news\"]");
        client.awaitStart("42/topics,[\"joined\",{\"topic\":\"kept.news\",\"connection\":\"" + other.session.id());
        other.cut();
        client.awaitStart("42/topics,[\"left\",{\"topic\":\"kept.news\",\"connection\":\"" + other.session.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"subscribe\"]                                          | invalid_topic",
                "[\"subscribe\",7]                                        | invalid_topic",
                "[\"subscribe\",\"not a topic\"]                          | invalid_topic",
                "[\"subscribe\",\"kept.news\",{\"since\":\"x\"}]          | invalid_position",
                "[\"subscribe\",\"kept.*\",{\"since\":\"abcdefgh:1\"}]    | invalid_position",
                "[\"subscribe\",\"closed.x\"]                             | forbidden",
                "[\"unsubscribe\",\"kept.other\"]                         | not_subscribed",
                "[\"publish\",\"kept.*\",1]                               | invalid_topic",
                "[\"publish\",\"kept.news\"]                              | invalid_publication",
                "[\"publish\",\"kept.news\",\"\\ud800\"]                  | invalid_publication",
                "[\"publish\",\"kept.news\",1,{\"key\":7}]                | invalid_publication",
                "[\"publish\",\"kept.news\",1,{\"key\":\"\"}]             | invalid_publication",
                "[\"publish\",\"closed.x\",1]                             | forbidden",
                "[\"presence\",\"plain\"]                                 | no_presence",
                "[\"authenticate\",\"nobody\"]                            | invalid_token",
                "[\"authenticate\"]                                       | invalid_token"
            })
    void saysWhyNot(String event, String code) {
        client.send("42/topics,5" + event);
        assertThat(client.awaitStart("43/topics,5"))
                .startsWith("43/topics,5[{\"error\":{\"code\":\"" + code + "\",\"message\":\"");
    }

    @Test
    void publishesNoBytesWithinJson() {
        client.send("451-/topics,5[\"publish\",\"kept.news\",[{\"_placeholder\":true,\"num\":0}]]", new byte[1]);
        assertThat(client.awaitStart("43/topics,5")).contains("invalid_publication");
    }

    @Test
    void takesTokens() {
        client.send("42/topics,1[\"authenticate\",\"ada\"]")
                .awaitMessage(
                        "43/topics,1[{\"principal\":\"ada\",\"expiresAt\":\"1970-01-01T00:00:00Z\",\"expiresIn\":0}]");
        assertThat(client.session.principal().getName()).isEqualTo("ada");
    }

    @Test
    void isToldOfSubscriptionsThatItDidNotAskFor() {
        client.send("42/topics,1[\"authenticate\",\"ada\"]").awaitStart("43/topics,1");
        ClientSession ada = test.clients.of("ada").getFirst();
        ada.subscribeUnasked(new TopicPattern("kept.*"));
        client.awaitMessage("42/topics,[\"subscribed\",{\"topic\":\"kept.*\"}]");
        ada.unsubscribeUnasked(new TopicPattern("kept.*"));
        client.awaitMessage("42/topics,[\"unsubscribed\",{\"topic\":\"kept.*\"}]");
        client.send("41/topics,");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> test.clients.of("ada").isEmpty());
    }

    @Test
    void endsSubscriptionsWithTheNamespace() {
        client.send("42/topics,1[\"subscribe\",\"kept.news\"]").awaitStart("43/topics,1");
        client.send("41/topics,");
        await().atMost(Duration.ofSeconds(30)).until(() -> test.hub.hub().activeSubscriptions() == 0);
        client.send("40/topics,").awaitStart("40/topics,");
        client.send("42/topics,2[\"subscribe\",\"kept.news\"]").awaitStart("43/topics,2[{\"topic\"");
    }

    private String epoch() {
        return test.hub.hub().position(NEWS).epoch();
    }
}
