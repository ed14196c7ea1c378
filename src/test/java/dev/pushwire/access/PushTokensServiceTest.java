package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.PushClient;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Tokens on {@code /push}, in commands. */
class PushTokensServiceTest {
    private final RunningService service = RunningService.with(
            "pushwire.access.anonymous=false",
            "pushwire.access.jwt.secret=" + Tokens.SECRET,
            "pushwire.access.token-timeout=1s",
            "pushwire.topics[0].name=private.>",
            "pushwire.topics[0].subscribe=claims");

    private static String authenticate(Tokens token) {
        return "{'type':'authenticate','id':9,'token':'" + token.signed() + "'}";
    }

    private void publish(String topic, String text) {
        service.post("/topics/" + topic, "text/plain", BodyPublishers.ofString(text));
    }

    private static void assertError(PushClient client, String code) {
        assertThat(client.next("error").path("code").asString()).isEqualTo(code);
    }

    @Test
    void aFirstTokenOpensWhatItLists() {
        Instant later = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        try (PushClient client = PushClient.open(service)) {
            client.subscribe("news");
            assertError(client, "unauthenticated");
            client.send("{'type':'publish','id':2,'topic':'news','data':1}");
            assertError(client, "unauthenticated");
            client.send("{'type':'ping','id':3}").next("pong");

            Instant before = Instant.now();
            client.send(
                    authenticate(Tokens.of("ada").subscribing("private.ada.*").expiring(later)));
            var answer = client.next("authenticated");
            assertThat(answer.path("principal").asString()).isEqualTo("ada");
            assertThat(Instant.parse(answer.path("expiresAt").asString())).isEqualTo(later);
            assertThat(answer.path("expiresIn").asLong())
                    .isBetween(1L, Duration.between(before, later).toSeconds());
            client.subscribe("private.ada.inbox").next("subscribed");
            publish("private.ada.inbox", "for her alone");
            assertThat(client.next("publication").path("data").asString()).isEqualTo("for her alone");
            client.subscribe("private.eve.inbox");
            assertError(client, "forbidden");
            client.subscribe("news").next("subscribed");
        }
    }

    @Test
    void aTokenMaySayWhatItsBearerIsSubscribedTo() {
        try (PushClient client = PushClient.open(service)) {
            client.send(authenticate(Tokens.of("ada").subscribed("private.ada.inbox", "private.ada.more.*")));
            client.next("authenticated");
            assertThat(client.next("subscribed").path("topic").asString()).isEqualTo("private.ada.inbox");
            assertThat(client.next("subscribed").path("topic").asString()).isEqualTo("private.ada.more.*");
            publish("private.ada.inbox", "one");
            assertThat(client.next("publication").path("data").asString()).isEqualTo("one");
            publish("private.ada.more.now", "two");
            assertThat(client.next("publication").path("data").asString()).isEqualTo("two");
        }
    }

    /** A client that sends nothing gets the topics that its token names. */
    @Test
    void aTokenOfTheHandshakeMaySayItToo() {
        String token = Tokens.of("ada").subscribed("private.ada.inbox").signed();
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(HandshakeText.of("/push").and("Authorization: Bearer " + token));
            assertThat(client.readFrame().text())
                    .startsWith("{\"type\":\"subscribed\",\"topic\":\"private.ada.inbox\"");
            publish("private.ada.inbox", "hello");
            assertThat(client.readFrame().text()).contains("hello");
        }
    }

    @Test
    void commandsThatComeRightBehindATokenCount() {
        try (RawClient client = RawClient.open(service, "/push")) {
            String token = authenticate(Tokens.of("ada").publishing("chat")).replace('\'', '"');
            client.sendText(token + "\n{\"type\":\"publish\",\"id\":2,\"topic\":\"chat\",\"data\":1}");
            assertThat(client.readFrame().text().lines())
                    .hasSize(2)
                    .last()
                    .asString()
                    .startsWith("{\"type\":\"published\"");
        }
    }

    @Test
    void aBadFirstTokenEndsTheConnection() {
        try (PushClient client = PushClient.open(service)) {
            client.send("{'type':'authenticate','id':1,'token':'nonsense'}");
            var error = client.next("error");
            assertThat(error.path("code").asString()).isEqualTo("invalid_token");
            assertThat(error.path("message").asString()).contains("not a JWT");
            assertThat(client.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void theCloseSaysWhetherThereWasAToken() {
        try (RawClient client = RawClient.open(service, "/push")) {
            client.sendText("{\"type\":\"authenticate\",\"id\":1}");
            assertThat(client.readFrame().text()).contains("has no 'token'");
            assertThat(client.assertCloseReceived(4401).closeReason()).isEqualTo("the token is not valid");
        }
    }

    @Test
    void noTokenEndsTheConnectionInTime() {
        try (PushClient client = PushClient.open(service)) {
            assertThat(client.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void aNewTokenKeepsItOpenAndTakesAwayWhatItDoesNotList() {
        try (PushClient client = PushClient.open(service)) {
            Tokens ada = Tokens.of("ada").expiring(Instant.now().plusSeconds(2));
            client.send(authenticate(ada.subscribing("private.a", "private.b"))).next("authenticated");
            client.subscribe("private.a").next("subscribed");
            client.subscribe("private.b").next("subscribed");

            client.send(authenticate(Tokens.of("eve")));
            assertError(client, "other_principal");
            client.send(authenticate(ada.expiring(Instant.EPOCH)));
            assertError(client, "invalid_token");

            client.send(authenticate(
                    ada.subscribing("private.b").expiring(Instant.now().plusSeconds(4))));
            client.next("authenticated");
            var ended = client.next("unsubscribed");
            assertThat(ended.path("topic").asString()).isEqualTo("private.a");
            assertThat(ended.has("id")).isFalse();
            publish("private.a", "not for her any more");
            publish("private.b", "still hers");
            assertThat(client.next("publication").path("data").asString()).isEqualTo("still hers");
            assertThat(client.closeCode()).isEqualTo(4403);
        }
    }

    @Test
    void aTokenInTheHandshakeNeedsNoOther() {
        HandshakeText handshake = HandshakeText.of("/push")
                .and("Sec-WebSocket-Protocol: pushwire.v1.json, pushwire.token."
                        + Tokens.of("ada").signed());
        try (RawClient client = RawClient.connect(service)) {
            assertThat(client.ask(handshake).header("Sec-WebSocket-Protocol")).isEqualTo("pushwire.v1.json");
            client.sendText("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"news\"}");
            assertThat(client.readFrame().text()).startsWith("{\"type\":\"subscribed\"");
        }
    }

    @Test
    void aTopicThatIsTooLongIsCounted() {
        double before = service.meter("websocket.limits.exceeded", "limit", "topic_name_length");
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(HandshakeText.of("/push")
                    .and("Authorization: Bearer " + Tokens.of("ada").signed()));
            client.sendText("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"" + "x".repeat(129) + "\"}");
            assertThat(client.readFrame().text()).contains("topic_too_long");
        }
        assertThat(service.meter("websocket.limits.exceeded", "limit", "topic_name_length"))
                .isEqualTo(before + 1);
    }
}
