package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.HandshakeText;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tickets, for browsers that can put nothing but a URL into their request. */
public class TicketsServiceTest {
    private static final String KEY = "a-key-of-these-tests";
    private static final Pattern TICKET = Pattern.compile("\\{\"ticket\":\"(\\w+-\\w+)\",\"expiresInSeconds\":30}");

    private final RunningService service = RunningService.with(
            "pushwire.access.anonymous=false",
            "pushwire.access.jwt.secret=" + Tokens.SECRET,
            "pushwire.access.cookie=session",
            "pushwire.api.keys.tests.secret=" + KEY,
            "pushwire.api.keys.tests.scopes=publish,read,admin");

    private static HttpResponse<String> ask(RunningService service, String... headers) {
        return service.post("/tickets", "text/plain", BodyPublishers.noBody(), headers);
    }

    /** A ticket for a token. */
    public static String of(RunningService service, String token) {
        HttpResponse<String> answer = ask(service, "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        Matcher ticket = TICKET.matcher(answer.body());
        assertThat(ticket.matches()).as(answer.body()).isTrue();
        return ticket.group(1);
    }

    @Test
    void aTicketOpensOneWebSocket() {
        String path = "/echo?ticket=" + of(service, Tokens.of("ada").signed());
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(HandshakeText.of(path));
            client.assertEchoes("hello");
        }
        try (RawClient client = RawClient.connect(service)) {
            client.ask(HandshakeText.of(path)).assertRefused(401, "ticket");
        }
    }

    @Test
    void toAskWhetherItIsGoodDoesNotUseItUp() {
        String ticket = of(service, Tokens.of("ada").signed());
        for (String path : List.of("/echo?ticket=", "/push?ticket=")) {
            assertThat(service.get(path + ticket).statusCode()).isEqualTo(426);
            assertThat(service.get(path + "nonsense").statusCode()).isEqualTo(401);
        }
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(HandshakeText.of("/echo?ticket=" + ticket));
        }
        assertThat(service.get("/push?ticket=" + ticket).statusCode()).isEqualTo(401);
    }

    @Test
    void aTicketOutdoesACookieAndATokenOutdoesATicket() {
        String good = Tokens.of("ada").signed();
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(HandshakeText.of("/echo?ticket=" + of(service, good)).and("Cookie: session=nonsense"));
        }
        try (RawClient client = RawClient.connect(service)) {
            client.upgrade(HandshakeText.of("/echo?ticket=nonsense").and("Authorization: Bearer " + good));
        }
    }

    @Test
    void onlyATokenGetsOne() {
        for (String[] headers : new String[][] {
            {}, {"Authorization", "Bearer " + KEY}, {"Authorization", "Bearer x.y.z"}, {"Cookie", "session=x.y.z"}
        }) {
            HttpResponse<String> answer = ask(service, headers);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Bearer");
        }
    }

    @Test
    void whoAsksForVeryManyIsToldToWait() {
        String token = Tokens.of("collector").signed();
        for (int i = 0; i < Tickets.MOST_OF_PRINCIPAL; i++) {
            of(service, token);
        }
        HttpResponse<String> answer = ask(service, "Authorization", "Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(service.meter("websocket.limits.exceeded", "limit", "tickets"))
                .isPositive();
    }
}
