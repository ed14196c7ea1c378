package dev.pushwire.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import dev.pushwire.service.SharedHttp;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From which clients a session of Socket.IO takes requests, if it began with a token. */
class SocketIoSessionsServiceTest {
    private static final String PATH = "/socket.io/?EIO=4&transport=";
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";

    private final RunningService service = RunningService.with(
            "pushwire.access.anonymous=false",
            "pushwire.access.jwt.secret=" + Tokens.SECRET,
            "pushwire.access.token-timeout=1s",
            "pushwire.topics[0].name=private.>",
            "pushwire.topics[0].subscribe=claims");

    private final String sid =
            polling("GET", "", BodyPublishers.noBody(), "ada").body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");

    private static String bearer(String principal) {
        Tokens token = Tokens.of(principal);
        return "Bearer " + (principal.equals("expired") ? token.expiring(Instant.EPOCH) : token).signed();
    }

    private HttpResponse<String> polling(String method, String query, BodyPublisher body, @Nullable String principal) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.http(PATH + "polling" + query)).method(method, body);
        if (principal != null) {
            request.header("Authorization", bearer(principal));
        }
        return RunningService.exchange(request);
    }

    private HttpResponse<String> post(String packet, @Nullable String principal) {
        return polling("POST", "&sid=" + sid, BodyPublishers.ofString(packet), principal);
    }

    private HttpResponse<String> poll(@Nullable String principal) {
        return polling("GET", "&sid=" + sid, BodyPublishers.noBody(), principal);
    }

    private WebSocket webSocket(@Nullable String principal) {
        WebSocket.Builder builder = SharedHttp.CLIENT.newWebSocketBuilder();
        if (principal != null) {
            builder.header("Authorization", bearer(principal));
        }
        return builder.buildAsync(service.ws(PATH + "websocket&sid=" + sid), new WebSocket.Listener() {})
                .join();
    }

    private void assertGoesOn() {
        assertThat(post("40/topics,", "ada").body()).isEqualTo("ok");
        assertThat(poll("ada").body()).startsWith("40/topics,{");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "eve")
    void thoseOfOthersFindNoSuchSession(@Nullable String other) {
        assertThat(poll(other).body()).isEqualTo(UNKNOWN);
        assertThat(post("41", other).body()).isEqualTo(UNKNOWN);
        assertThat(post("41", other).statusCode()).isEqualTo(400);
        assertGoesOn();
    }

    @Test
    void aPostOfAnotherThatIsUnderWayStandsInNobodysWay() {
        try (RawClient eve = RawClient.connect(service)) {
            eve.send(("POST " + PATH + "polling&sid=" + sid + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                            + bearer("eve") + "\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
                    .getBytes(US_ASCII));
            assertThat(eve.readReplyHead().status()).isEqualTo(100); // from now on the service waits for the body
            assertGoesOn();
        }
    }

    @Test
    void noneWithATokenThatIsNotGood() {
        assertThat(poll("expired").statusCode()).isEqualTo(401);
        assertThat(post("41", "expired").statusCode()).isEqualTo(401);
        assertGoesOn();
    }

    @Test
    void norAWebSocketOfAnother() {
        assertThatThrownBy(() -> webSocket("eve"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .cause()
                .extracting(refused ->
                        ((WebSocketHandshakeException) refused).getResponse().statusCode())
                .isEqualTo(400);
        assertGoesOn();
    }

    /** Pages cannot give a WebSocket the header that their polls have. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "ada")
    void aWebSocketMaySayNothing(@Nullable String principal) {
        webSocket(principal).abort();
        assertGoesOn();
    }
}
