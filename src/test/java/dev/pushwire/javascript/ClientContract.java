package dev.pushwire.javascript;

import static dev.pushwire.javascript.ClientHost.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.access.Tokens;
import dev.pushwire.push.Topics;
import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the client does with the real service, in any runtime. */
abstract class ClientContract {
    private static final Random RANDOM = new Random();

    private static final String[] SETTINGS = {
        "pushwire.topics[0].name=secret",
        "pushwire.topics[0].subscribe=none",
        "pushwire.topics[1].name=quiet",
        "pushwire.topics[2].name=>",
        "pushwire.topics[2].publish=public",
        "pushwire.topics[2].history-size=20000",
        "pushwire.topics[2].presence=events",
        "pushwire.websocket.outbox-limit=8MB"
    };

    final RunningService service = RunningService.with(SETTINGS);

    /** @param port the port of the service, or of a proxy in front of it */
    abstract ClientHost open(int port);

    static void start(ClientHost host, int port) {
        start(host, port, "{}");
    }

    static void start(ClientHost host, int port, String options) {
        host.run("remote.start('" + host.address(port) + "', " + options + ")");
    }

    static void awaitTrue(ClientHost host, String expression) {
        await(expression).atMost(PATIENCE).until(() -> {
            JsonNode found = host.run("return [!!(" + expression + "), remote]");
            assertThat(found.size()).isEqualTo(2);
            return found.path(0).asBoolean();
        });
    }

    static String text(ClientHost host, String expression) {
        return host.run("return " + expression).toString();
    }

    /** Runs an action, and waits until the state has come once more. */
    static void awaitAnother(ClientHost host, String state, Runnable action) {
        String count = "remote.states.filter(state => state === '" + state + "').length";
        int before = host.run("return " + count).asInt();
        action.run();
        awaitTrue(host, count + " > " + before);
    }

    @Test
    void publishesAndReceivesTextJsonAndBytes() {
        try (ClientHost host = open(service.port())) {
            start(host, service.port());
            String topic = newTopic();
            host.run("await remote.listen('" + topic + "')");
            service.post("/topics/" + topic, "text/plain", BodyPublishers.ofString("Grüße 😀"));
            assertThat(text(host, "(await remote.push.publish('" + topic + "', { text: 'hi', n: [1, null] })).offset"))
                    .isEqualTo("2");
            host.run("await remote.push.publish('" + topic + "', new Uint8Array([0, 127, 255]))");
            String got = "remote.got['" + topic + "']";
            awaitTrue(host, got + ".length === 3");
            assertThat(text(host, got + ".map(data => data instanceof Uint8Array ? [...data] : data)"))
                    .isEqualTo("[\"Grüße 😀\",{\"text\":\"hi\",\"n\":[1,null]},[0,127,255]]");
        }
    }

    @Test
    void listensToTopicsPatternsAndMembers() {
        String house = newTopic();
        String room = house + ".a";
        try (ClientHost host = open(service.port());
                ClientHost other = open(service.port())) {
            start(host, service.port());
            start(other, service.port());
            host.run("""
                    remote.seen = []
                    remote.push.subscribe('%s.*', () => remote.seen.push('pattern'))
                    const room = remote.push.subscribe('%s', () => remote.seen.push('name'), { info: { name: 'Ada' } })
                    room.onJoined = ({ info }) => remote.seen.push(`joined ${info?.name}`)
                    room.onLeft = ({ info }) => remote.seen.push(`left ${info?.name}`)
                    await room.ready
                    """.formatted(house, room));
            awaitTrue(host, "remote.seen.join() === 'joined Ada'");
            other.run("remote.room = remote.push.subscribe('" + room
                    + "', { info: { name: 'Bob' } }); await remote.room.ready");
            awaitTrue(host, "remote.seen.at(-1) === 'joined Bob'");
            assertThat(text(host, "(await remote.push.presence('" + room + "')).map(({ info }) => info.name).sort()"))
                    .isEqualTo("[\"Ada\",\"Bob\"]");
            other.run("remote.room.unsubscribe()");
            awaitTrue(host, "remote.seen.at(-1) === 'left Bob'");
            other.run("await remote.push.publish('" + room + "', 1)");
            awaitTrue(host, "remote.seen.slice(-2).sort().join() === 'name,pattern'");
        }
    }

    @Test
    void iterates() {
        try (ClientHost host = open(service.port())) {
            start(host, service.port());
            host.run("""
                    const numbers = remote.push.subscribe('iterated')
                    await numbers.ready
                    remote.reading = (async () => {
                      let sum = 0
                      for await (const { data } of numbers) {
                        sum += data
                        if (data === 100) return sum
                      }
                    })()
                    """);
            host.run("await remote.publishNumbers('iterated', 0, 100, 10)");
            assertThat(text(host, "await remote.reading")).isEqualTo("5050");
        }
    }

    @Test
    void saysThatTheServerHasForgotten() {
        RunningService first = RunningService.start(SETTINGS);
        try (Gate gate = new Gate(first.port());
                ClientHost host = open(gate.port())) {
            start(host, gate.port());
            host.run("await remote.listen('news')");
            first.bean(Topics.class).publish("news", "before");
            awaitTrue(host, "remote.got.news.length === 1");
            gate.shut();
            first.close();
            try (RunningService second = RunningService.start(SETTINGS)) {
                second.bean(Topics.class).publish("news", "missed");
                awaitAnother(host, "connected", () -> {
                    gate.leadTo(second.port());
                    gate.open();
                });
                awaitTrue(host, "remote.resets.length === 1");
                second.bean(Topics.class).publish("news", "after");
                awaitTrue(host, "remote.got.news.length === 2");
                assertThat(text(host, "remote.got.news")).isEqualTo("[\"before\",\"after\"]");
                assertThat(text(host, "remote.resets")).isEqualTo("[\"news history\"]");
            }
        } finally {
            first.close();
        }
    }

    @Test
    void renewsItsTokenAndGetsAnotherAfterARevocation() {
        RunningService guarded = RunningService.with(
                "pushwire.access.anonymous=false",
                "pushwire.access.jwt.secret=" + Tokens.SECRET,
                "pushwire.access.token-timeout=5s");
        try (TokenIssuer issuer = new TokenIssuer(Duration.ofSeconds(4));
                ClientHost host = open(guarded.port())) {
            // in one go: the subscription that the token brings is told as soon as there is a connection
            host.run(
                    "remote.start('" + host.address(guarded.port()) + "', { token: " + issuer.function() + " })" + """

                    remote.own = []
                    remote.push.on('subscribed', ({ topic }) => remote.push.subscribe(topic, ({ data }) => remote.own.push(data)))
                    """);
            host.run("await remote.listen('news')");
            assertThat(text(host, "remote.push.principal")).isEqualTo("\"ada\"");
            guarded.bean(Topics.class).publish("user.ada", "for you");
            awaitTrue(host, "remote.own.join() === 'for you'");
            await().atMost(PATIENCE).until(() -> issuer.issued() >= 4); // it lives for longer than two tokens
            assertThat(text(host, "remote.states")).isEqualTo("[\"connecting\",\"connected\"]");
            awaitAnother(
                    host,
                    "connected",
                    () -> guarded.post(
                            "/api/revocations",
                            "application/json",
                            BodyPublishers.ofString("{\"principal\":\"ada\"}")));
            assertThat(text(host, "remote.errors")).contains("connection_lost 4403");
            host.run("await remote.push.ping()");
        }
    }

    @Test
    void asksAServerThatAllowsFewCommandsASecondForNoMore() {
        RunningService slow = RunningService.with(
                "pushwire.limits.messages-per-second=10",
                "pushwire.topics[0].name=>",
                "pushwire.topics[0].publish=public");
        try (ClientHost host = open(slow.port())) {
            start(host, slow.port());
            host.run("""
                    remote.ready = 0
                    for (let i = 0; i < 60; i++) {
                      remote.push.subscribe(`topic${i}`, () => {}).ready.then(() => remote.ready++)
                    }
                    remote.publishing = Promise.all([...Array(12).keys()].map(i => remote.push.publish('topic1', i)))
                    """);
            awaitTrue(host, "remote.ready === 60");
            host.run("await remote.publishing");
            assertThat(text(host, "remote.errors")).isEqualTo("[]");
            assertThat(text(host, "remote.states")).isEqualTo("[\"connecting\",\"connected\"]");
        }
    }

    /** What shows the latest value of something. */
    @Test
    void beginsWithTheNewest() {
        try (ClientHost host = open(service.port())) {
            start(host, service.port());
            String topic = newTopic();
            publish(topic, 1, 10);
            host.run("await remote.listen('" + topic + "', { last: 2 })");
            awaitTrue(host, "remote.got['" + topic + "'].join() === '9,10'");
            publish(topic, 11, 11);
            awaitTrue(host, "remote.got['" + topic + "'].join() === '9,10,11'");
        }
    }

    @Test
    void saysWhatTheServerRefuses() {
        try (ClientHost host = open(service.port())) {
            start(host, service.port());
            String refusals = """
                    return Promise.all([
                      remote.push.subscribe('secret', { buffer: 1 }).ready,
                      remote.push.subscribe('no/name').ready,
                      remote.push.publish('quiet', 1),
                      remote.push.presence('quiet'),
                      remote.push.publish('deep', JSON.parse('['.repeat(600) + ']'.repeat(600))),
                    ].map(promise => promise.catch(error => [error.name, error.code, error.topic].join(' '))))
                    """;
            assertThat(host.run(refusals).toString())
                    .isEqualTo("[\"PushwireError forbidden secret\",\"PushwireError invalid_topic no/name\","
                            + "\"PushwireError forbidden quiet\",\"PushwireError no_presence quiet\","
                            + "\"PushwireError malformed deep\"]");
            assertThat(text(host, "remote.errors.length")).isEqualTo("2"); // of the subscriptions, which had no onError
        }
    }

    final void publish(String topic, int first, int last) {
        Topics topics = service.bean(Topics.class);
        IntStream.rangeClosed(first, last).forEach(number -> topics.publish(topic, Integer.toString(number)));
    }

    static String newTopic() {
        return "numbers" + Long.toString(RANDOM.nextLong(Long.MAX_VALUE), 36);
    }
}
