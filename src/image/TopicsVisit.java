import static java.net.http.HttpResponse.BodyHandlers.ofString;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Does what clients of {@code /push} and back ends do: subscribe, publish, and come back, with and without a token. */
final class TopicsVisit {

    private static final String SECRET = "known to everybody who reads this";
    private static final int PUBLICATIONS = 200;
    private static final Pattern POSITION = Pattern.compile("\"epoch\":\"([^\"]+)\",\"offset\":(\\d+)");

    private final HttpClient http;
    private final String service;

    TopicsVisit(HttpClient http, String service) {
        this.http = http;
        this.service = service;
    }

    /** The properties that the service is started with: topics with a history, and tokens. */
    static List<String> properties() {
        return List.of(
                "--pushwire.access.jwt.secret=" + SECRET,
                "--pushwire.topics[0].name=visited.>",
                "--pushwire.topics[0].history-size=1000",
                "--pushwire.topics[0].presence=list",
                "--pushwire.topics[0].publish=public");
    }

    void run() throws Exception {
        String position = publishOverWebSocket();
        publishOverHttp();
        comeBack(position);
        for (String path : List.of("", "/visited.topic", "/visited.topic/history", "/visited.topic/presence")) {
            require(200, HttpRequest.newBuilder(URI.create("http://" + service + "/api/topics" + path)));
        }
    }

    /** Returns the topic's position at the beginning. */
    private String publishOverWebSocket() throws Exception {
        var replies = new Replies();
        WebSocket webSocket = open(replies);
        say(webSocket, "{\"type\":\"authenticate\",\"id\":1,\"token\":\"" + token() + "\"}");
        replies.await(1);
        say(webSocket, "{\"type\":\"subscribe\",\"id\":2,\"topic\":\"visited.topic\",\"info\":{\"visit\":1}}");
        replies.await(1);
        String position = position(replies.lastText());
        for (int i = 0; i < PUBLICATIONS; i++) {
            say(webSocket, "{\"type\":\"publish\",\"id\":3,\"topic\":\"visited.topic\",\"data\":{\"text\":\"é\",\"n\":" + i
                    + "},\"idempotencyKey\":\"" + i + "\"}");
            replies.await(2); // the publication and its acknowledgement
        }
        say(webSocket, "{\"type\":\"presence\",\"id\":4,\"topic\":\"visited.topic\"}\n{\"type\":\"ping\",\"id\":5}");
        replies.await(2);
        say(webSocket, "{\"type\":\"unsubscribe\",\"id\":6,\"topic\":\"visited.topic\"}\nno JSON");
        replies.await(2);
        close(webSocket, replies);
        return position;
    }

    private void publishOverHttp() throws Exception {
        for (int i = 0; i < PUBLICATIONS; i++) {
            require(200, HttpRequest.newBuilder(URI.create("http://" + service + "/api/publications"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"topic\":\"visited.topic\",\"data\":{\"n\":" + i + "}}")));
        }
    }

    private void comeBack(String position) throws Exception {
        var replies = new Replies();
        WebSocket webSocket = open(replies);
        say(webSocket, "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"visited.topic\",\"since\":\"" + position + "\"}");
        say(webSocket, "{\"type\":\"subscribe\",\"id\":2,\"topic\":\"visited.*\"}");
        replies.await(2 + 2 * PUBLICATIONS);
        close(webSocket, replies);
    }

    private WebSocket open(Replies replies) throws GeneralSecurityException {
        return http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token())
                .subprotocols("pushwire.v1.json")
                .buildAsync(URI.create("ws://" + service + "/push"), replies)
                .join();
    }

    private static void say(WebSocket webSocket, String commands) {
        webSocket.sendText(commands, true).join();
    }

    private static void close(WebSocket webSocket, Replies replies) throws InterruptedException {
        webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        replies.await(1);
    }

    private void require(int status, HttpRequest.Builder request) throws Exception {
        var response = http.send(request.build(), ofString());
        if (response.statusCode() != status) {
            throw new IllegalStateException("the answer was " + response.statusCode() + ": " + response.body());
        }
    }

    private static String position(String subscribed) {
        Matcher position = POSITION.matcher(subscribed);
        if (!position.find()) {
            throw new IllegalStateException("no position in " + subscribed);
        }
        return position.group(1) + ":" + position.group(2);
    }

    /** A JSON Web Token, signed with HMAC-SHA-256. */
    private static String token() throws GeneralSecurityException {
        String claims = "{\"sub\":\"visitor\",\"exp\":" + Instant.now().plusSeconds(3600).getEpochSecond() + "}";
        String signed = encode("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return signed + "." + encode(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
