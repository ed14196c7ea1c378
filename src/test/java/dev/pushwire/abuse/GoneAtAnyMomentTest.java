package dev.pushwire.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.push.Topics;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.RunningService;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients without a WebSocket that disappear at any moment. Nothing of them is left, not even an object. */
class GoneAtAnyMomentTest {
    private static final int AT_ONCE = 20;
    private static final int EACH = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RunningService SERVICE = RunningService.with(
            "pushwire.websocket.outbox-limit=256KB",
            "pushwire.websocket.close-timeout=2s",
            "pushwire.push.http.poll-timeout=1s");

    private static final String[] KEPT_FOR_CLIENTS = {
        "dev.pushwire.connection.Connection",
        "dev.pushwire.connection.MailboxTransport",
        "dev.pushwire.polling.PolledSession",
        "dev.pushwire.pushprotocol.HttpSession",
        "dev.pushwire.push.ClientSession",
        "dev.pushwire.stream.TopicsSession",
        "dev.pushwire.tomcat.LateResponses$Answering",
        "dev.pushwire.tomcat.UpgradeHandoff"
    };

    @RegisterExtension
    final Aftermath aftermath = Aftermath.of(SERVICE);

    private final AtomicInteger seed = new AtomicInteger();

    @Test
    void nothingIsLeft() throws Exception {
        var before = Instances.of(KEPT_FOR_CLIENTS);
        Topics topics = SERVICE.bean(Topics.class);
        Crowd.concurrently(AT_ONCE, () -> {
            Random random = new Random(seed.getAndIncrement());
            for (int i = 0; i < EACH; i++) {
                come(random);
                topics.publish("t" + random.nextInt(10), "hello");
            }
            return null;
        });
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(Instances.of(KEPT_FOR_CLIENTS)).isEqualTo(before));
    }

    /** Begins a request like an ordinary client, and breaks it off. */
    private static void come(Random random) {
        String topic = "t" + random.nextInt(10);
        String subscribe = "{\"type\":\"subscribe\",\"id\":1,\"topic\":\"" + topic + "\"}\n";
        switch (random.nextInt(6)) {
            case 0 -> begin(random, get("/topics/" + topic, "Accept: text/event-stream\r\n"));
            case 1 -> begin(random, get("/topics?topic=" + topic + "&topic=t*", "Accept: text/event-stream\r\n"));
            case 2 -> begin(random, post("/push", "", subscribe));
            case 3 -> begin(random, post("/push", "Accept: text/event-stream\r\n", subscribe));
            case 4 -> begin(random, post("/push?wait=1", "", subscribe));
            default -> poll(random, subscribe);
        }
    }

    private static void begin(Random random, byte[] request) {
        try (RawClient client = RawClient.connect(SERVICE)) {
            begin(random, client, request);
        }
    }

    private static void begin(Random random, RawClient client, byte[] request) {
        int length = random.nextBoolean() ? request.length : random.nextInt(request.length);
        client.send(Arrays.copyOf(request, length));
        if (length == request.length && random.nextBoolean()) {
            client.readReplyHead();
        }
        if (random.nextBoolean()) {
            client.reset();
        }
    }

    /** Opens a session and uses it in a random way, over two connections. */
    private static void poll(Random random, String commands) {
        try (RawClient first = RawClient.connect(SERVICE);
                RawClient second = RawClient.connect(SERVICE)) {
            first.send(post("/push?wait=1", "", commands));
            String session = first.readReply().body().replaceFirst("(?s).*\"session\":\"([^\"]*)\".*", "$1");
            String path = "/push/" + session;
            second.send(get(path + "?ack=0&wait=25", ""));
            if (random.nextBoolean()) {
                second.readReplyHead();
            }
            switch (random.nextInt(4)) {
                case 0 -> begin(random, first, post(path + "?seq=1", "", commands));
                case 1 -> begin(random, first, get(path + "?ack=0&wait=25", ""));
                case 2 -> begin(random, first, ("DELETE " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(US_ASCII));
                default -> second.reset();
            }
        }
    }

    private static byte[] get(String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n").getBytes(US_ASCII);
    }

    private static byte[] post(String path, String headers, String body) {
        return ("POST " + path + " HTTP/1.1\r\nHost: a\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(US_ASCII);
    }
}
