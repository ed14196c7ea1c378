package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.service.SharedHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of {@code /push} that polls. Each of its requests may go to another node. */
public final class PollingClient {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Function<String, URI> service;
    private final Deque<JsonNode> unread = new ArrayDeque<>();
    private String session = "";
    private long acknowledged;
    private long posts;

    /** @param service the address of a path, asked for each request */
    public PollingClient(Function<String, URI> service) {
        this.service = service;
    }

    /** Opens a session with these commands, written with single quotes. */
    public PollingClient open(String... commands) throws IOException {
        HttpResponse<String> answer = send(request("/push?wait=20").POST(BodyPublishers.ofString(lines(commands))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        take(answer.body());
        JsonNode connected = unread.remove();
        assertThat(connected.path("type").asString()).isEqualTo("connected");
        session = connected.path("session").asString();
        acknowledged = 0;
        posts = 0;
        return this;
    }

    public String session() {
        return session;
    }

    /** How many answers with lines it has got. */
    public long acknowledged() {
        return acknowledged;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.apply(path)).timeout(PATIENCE);
    }

    /** @throws IOException for no answer, or half of one */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return SharedHttp.CLIENT.send(request.version(Version.HTTP_1_1).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static String lines(String... commands) {
        return String.join("\n", commands).replace('\'', '"');
    }

    /** Polls, and ignores the answer. */
    public HttpResponse<String> ask(long ack, int wait) throws IOException {
        return send(request("/push/" + session + "?ack=" + ack + "&wait=" + wait));
    }

    /** @return the status: 200 if there are lines to be read; otherwise the reason */
    public int poll(int wait) throws IOException {
        HttpResponse<String> answer = ask(acknowledged, wait);
        if (answer.statusCode() == 200) {
            acknowledged += answer.body().isEmpty() ? 0 : 1;
            take(answer.body());
        }
        return answer.statusCode();
    }

    private void take(String body) {
        assertThat(body.isEmpty() || body.endsWith("\n")).isTrue();
        body.lines().filter(line -> !line.isEmpty()).map(JSON::readTree).forEach(unread::add);
    }

    /** The next line of this type; those before it are passed over. */
    public JsonNode next(String type) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            for (JsonNode line = unread.poll(); line != null; line = unread.poll()) {
                if (line.path("type").asString().equals(type)) {
                    return line;
                }
            }
            try {
                assertThat(poll(20)).isEqualTo(200);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("No " + type);
    }

    /** All lines that have come and were not read. */
    public List<JsonNode> drain() {
        List<JsonNode> all = new ArrayList<>(unread);
        unread.clear();
        return all;
    }

    /** Sends commands with the next number. The number is used up once there is an answer. */
    public int post(String... commands) throws IOException {
        int status = post(posts + 1, commands);
        posts += status == 202 ? 1 : 0;
        return status;
    }

    public int post(long number, String... commands) throws IOException {
        return send(request("/push/" + session + "?seq=" + number).POST(BodyPublishers.ofString(lines(commands))))
                .statusCode();
    }

    public int end() throws IOException {
        return send(request("/push/" + session).DELETE()).statusCode();
    }
}
