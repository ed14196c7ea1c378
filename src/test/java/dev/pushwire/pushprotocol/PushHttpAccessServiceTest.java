package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.TicketsServiceTest;
import dev.pushwire.access.Tokens;
import dev.pushwire.service.RunningService;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** To which user a session without a WebSocket belongs, and for how long. */
class PushHttpAccessServiceTest {
    private final RunningService service = RunningService.with(
            "pushwire.access.jwt.secret=" + Tokens.SECRET,
            "pushwire.access.cookie=session",
            "pushwire.access.anonymous=false",
            "pushwire.access.token-timeout=2s",
            "pushwire.limits.connections-per-principal=1",
            "pushwire.push.http.poll-timeout=1s",
            "pushwire.websocket.close-timeout=300ms");

    @AfterEach
    void end() {
        await().until(() -> service.openConnections() == 0);
    }

    private static String ada() {
        return Tokens.of("ada").subscribing(">").signed();
    }

    private HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.http(path)).POST(BodyPublishers.ofString(body));
        return RunningService.exchange(headers.length == 0 ? request : request.headers(headers));
    }

    private static String session(HttpResponse<String> opened) {
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(200);
        return "/push/" + opened.body().replaceFirst("(?s).*\"session\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void itsRequestsAreThoseOfItsPrincipal() {
        HttpResponse<String> opened = post("/push?wait=0", "", "Authorization", "Bearer " + ada());
        assertThat(opened.body()).contains("\"principal\":\"ada\"");
        String session = session(opened);
        String ping = "{\"type\":\"ping\",\"id\":1}";
        assertThat(post(session, ping).statusCode()).isEqualTo(403);
        assertThat(post(
                                session,
                                ping,
                                "Authorization",
                                "Bearer " + Tokens.of("eve").signed())
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(session, ping, "Authorization", "Bearer a.b.c").statusCode())
                .isEqualTo(401);
        assertThat(post(session, ping, "Cookie", "session=" + ada()).statusCode())
                .isEqualTo(202);
        assertThat(service.get(session + "?ack=0").statusCode()).isEqualTo(403);
        HttpRequest.Builder poll = HttpRequest.newBuilder(service.http(session + "?ack=0&wait=5"))
                .header("Authorization", "Bearer " + ada());
        assertThat(RunningService.exchange(poll).body()).isEqualTo("{\"type\":\"pong\",\"id\":1}\n");
        assertThat(post(session + "?close=1", "").statusCode()).isEqualTo(403);
        assertThat(post(session + "?close=1", "", "Cookie", "session=" + ada()).statusCode())
                .isEqualTo(204);
    }

    @Test
    void aTicketOpensOne() {
        HttpResponse<String> opened = post("/push?wait=0&ticket=" + TicketsServiceTest.of(service, ada()), "");
        assertThat(opened.body()).contains("\"principal\":\"ada\"");
    }

    @Test
    void aClientMayAuthenticateByACommand() throws IOException {
        PollingClient client =
                new PollingClient(service::http).open("{'type':'authenticate','id':1,'token':'" + ada() + "'}");
        assertThat(client.next("authenticated").path("principal").asString()).isEqualTo("ada");
        assertThat(client.end()).isEqualTo(204);
        client.next("closed");
    }

    @Test
    void aClientThatDoesNotIsClosed() throws IOException {
        PollingClient client = new PollingClient(service::http).open();
        assertThat(client.next("closed").path("code").asInt()).isEqualTo(4401);
    }

    @Test
    void itCountsAsAConnectionOfItsPrincipal() {
        session(post("/push?wait=0", "", "Authorization", "Bearer " + ada()));
        HttpResponse<String> second = post("/push?wait=0", "", "Authorization", "Bearer " + ada());
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
        HttpResponse<String> events =
                post("/push", "", "Authorization", "Bearer " + ada(), "Accept", "text/event-stream");
        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.body()).matches("retry: \\d{5}\ndata: \\{\"type\":\"closed\",\"code\":4503,.*}\n\n");
        assertThat(post("/push", "", "Authorization", "Bearer a.b.c", "Accept", "text/event-stream")
                        .statusCode())
                .isEqualTo(401);
    }
}
