package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.HttpReply;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.ServerFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens in the handshake and in messages, by clients that send the very bytes. */
class TokensServiceTest {
    private static final String[] CLOSED = {
        "pushwire.access.anonymous=false",
        "pushwire.access.jwt.secret=" + Tokens.SECRET,
        "pushwire.access.cookie=session",
        "pushwire.access.token-timeout=1s",
        "pushwire.topics[0].name=private.>",
        "pushwire.topics[0].subscribe=claims",
    };

    private final RunningService service = LateEndpoint.serviceWith(CLOSED);

    private static HandshakeText bearing(String path, String token) {
        return HandshakeText.of(path).and("Authorization: Bearer " + token);
    }

    private HttpReply ask(HandshakeText handshake) {
        try (RawClient client = RawClient.connect(service)) {
            return client.ask(handshake);
        }
    }

    @Test
    void withoutATokenNobodyIsLetIn() {
        HttpReply reply = ask(HandshakeText.of("/echo"));
        reply.assertRefused(401, "token");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"pushwire\"");
        ask(HandshakeText.of("/topics/news")).assertRefused(401, "token");
        ask(HandshakeText.of("/echo").and("Authorization: Basic YTpi")).assertRefused(401, "token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer %s",
                "authorization: bearer   %s",
                "Cookie: a=b; session=%s; c=d",
                "Cookie: session=\"%s\"",
                "Sec-WebSocket-Protocol: pushwire.token, pushwire.token.%s"
            })
    void aTokenMayComeInEveryOfTheseWays(String header) {
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(HandshakeText.of("/echo")
                    .and(header.formatted(Tokens.of("ada").signed())));
            client.assertEchoes("hello");
        }
    }

    @Test
    void anEmptyCookieIsNoTokenButAnEmptyHeaderIsABadOne() {
        RunningService open =
                RunningService.with("pushwire.access.jwt.secret=" + Tokens.SECRET, "pushwire.access.cookie=session");
        for (String cookie : List.of("session=", "session=\"\"; a=b", "a=b; session= ")) {
            try (RawClient client = RawClient.connect(open)) {
                client.upgrade(HandshakeText.of("/echo").and("Cookie: " + cookie));
                client.assertEchoes("hello");
            }
        }
        try (RawClient client = RawClient.connect(open)) {
            client.ask(HandshakeText.of("/echo").and("Authorization: Bearer")).assertRefused(401, "not a JWT");
        }
    }

    @Test
    void aTokenMayBeAsLongAsItMay() {
        Tokens ada = Tokens.of("ada");
        int spare = TokenVerifier.MAX_LENGTH - ada.with("padding", "").signed().length();
        String longest = ada.with("padding", "x".repeat(spare / 4 * 3 - 3)).signed();
        assertThat(longest.length()).isBetween(TokenVerifier.MAX_LENGTH - 8, TokenVerifier.MAX_LENGTH);
        for (String header : List.of(
                "Authorization: Bearer %s", "Cookie: session=%s", "Sec-WebSocket-Protocol: pushwire.token.%s")) {
            assertThat(ask(HandshakeText.of("/echo")
                                    .and(header.formatted(longest))
                                    .and("X-More: " + "x".repeat(4096)))
                            .status())
                    .isEqualTo(101);
        }
    }

    @Test
    void aTokenAmongTheSubprotocolsIsNeverChosen() {
        String token = Tokens.of("ada").signed();
        String offer = "Sec-WebSocket-Protocol: pushwire.token." + token;
        HttpReply alone = ask(HandshakeText.of("/echo").and(offer));
        assertThat(alone.status()).isEqualTo(101);
        assertThat(alone.headers()).doesNotContainKey("Sec-WebSocket-Protocol");

        HttpReply both = ask(HandshakeText.of("/echo").and(offer + ", pushwire.token"));
        assertThat(both.header("Sec-WebSocket-Protocol")).isEqualTo("pushwire.token");
    }

    @Test
    void aBadTokenIsRefusedEvenWhereAGoodOneComesAfterIt() {
        HttpReply reply = ask(bearing("/echo", Tokens.of("ada").signed("another-secret-that-has-32-bytes-too"))
                .and("Cookie: session=" + Tokens.of("ada").signed()));
        reply.assertRefused(401, "signed");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"pushwire\", error=\"invalid_token\"");
        ask(bearing("/echo", "")).assertRefused(401, "not a JWT");
        ask(bearing("/echo", Tokens.of("ada").expiring(Instant.EPOCH).signed())).assertRefused(401, "expired");
        ask(HandshakeText.of("/echo").and("Sec-WebSocket-Protocol: pushwire.token."))
                .assertRefused(401, "not a JWT");
    }

    @Test
    void aTopicThatIsPrivateTakesWhoseTokenListsIt() {
        String token = Tokens.of("ada").subscribing("private.ada.*").signed();
        assertThat(ask(bearing("/topics/private.ada.inbox", token)).status()).isEqualTo(101);
        assertThat(ask(bearing("/topics/news", token)).status()).isEqualTo(101);
        ask(bearing("/topics/private.eve.inbox", token)).assertRefused(403, "token");
        ask(bearing("/topics/private.ada.inbox", Tokens.of("ada").signed())).assertRefused(403, "token");
        ask(bearing(
                        "/topics/private.ada.inbox",
                        Tokens.of("ada").publishing(">").signed()))
                .assertRefused(403, "token");
    }

    @Test
    void aConnectionEndsWithItsToken() {
        Instant start = Instant.now();
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(bearing(
                    "/echo", Tokens.of("ada").expiring(start.plusSeconds(2)).signed()));
            client.assertEchoes("hello");
            ServerFrame close = client.assertCloseReceived(4403);
            assertThat(close.closeReason()).isEqualTo("the token has expired");
            assertThat(Instant.now()).isAfterOrEqualTo(start.plusSeconds(1)); // a token's times are whole seconds
        }
    }

    @Test
    void aNewTokenInAMessageKeepsTheConnectionOpen() {
        Tokens ada = Tokens.of("ada");
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(
                    bearing("/late", ada.expiring(Instant.now().plusSeconds(2)).signed()));
            client.sendText(ada.expiring(Instant.now().plusSeconds(60)).signed());
            client.assertText("ada");
            assertThat(client.hearsWithin(Duration.ofSeconds(4))).isFalse();
            client.sendText(ada.expiring(Instant.now().plusSeconds(1)).signed());
            client.assertText("ada");
            client.assertCloseReceived(4403);
        }
    }

    @Test
    void aBadNewTokenLeavesAllAsItWas() {
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(bearing("/late", Tokens.of("ada").signed()));
            client.sendText("nonsense");
            assertThat(client.readFrame().text()).startsWith("INVALID ");
            client.sendText(Tokens.of("eve").signed());
            assertThat(client.readFrame().text()).startsWith("OTHER_PRINCIPAL ");
            client.sendText(Tokens.of("ada").signed());
            client.assertText("ada");
        }
    }

    @Test
    void theFirstTokenMayComeInAMessage() {
        try (RawClient client = RawClient.open(service, "/late")) {
            client.sendText(Tokens.of("ada").signed());
            client.assertText("ada");
            assertThat(client.hearsWithin(Duration.ofSeconds(2))).isFalse();
        }
    }

    @Test
    void whoSendsNoTokenInTimeIsClosed() {
        try (RawClient client = RawClient.open(service, "/late")) {
            assertThat(client.assertCloseReceived(4401).closeReason()).isEqualTo("no valid token came in time");
        }
    }

    @Test
    void whereEverybodyIsLetInATokenCountsAllTheSame() {
        RunningService open = LateEndpoint.serviceWith("pushwire.access.jwt.secret=" + Tokens.SECRET);
        try (RawClient client = RawClient.open(open, "/late")) {
            client.sendText("nonsense");
            assertThat(client.readFrame().text()).startsWith("INVALID ");
            client.sendText(Tokens.of("ada").signed());
            client.assertText("ada");
        }
        try (RawClient client = RawClient.connect(open)) {
            client.ask(bearing("/echo", "nonsense")).assertRefused(401, "JWT");
        }
    }
}
