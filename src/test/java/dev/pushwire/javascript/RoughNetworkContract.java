package dev.pushwire.javascript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.ConnectionFilter;
import dev.pushwire.connection.Connections;
import dev.pushwire.javascript.Gate.Fate;
import dev.pushwire.javascript.Gate.Way;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.Topics;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The same in networks that break, are away for a while, fall silent, or let only some things through. */
abstract class RoughNetworkContract extends ClientContract {
    private static final int NUMBERS = 10_000;
    private static final int MOST_AT_A_TIME = 1_200;
    private static final Random RANDOM = new Random();

    /** Nothing is lost and nothing comes twice, in a network that breaks, is away, and falls silent. */
    @Test
    void receivesEachOfManyNumbersOnce() {
        try (Gate gate = new Gate(service.port());
                ClientHost host = open(gate.port())) {
            start(host, gate.port());
            String topic = newTopic();
            host.run("await remote.listen('" + topic + "')");
            for (int published = 0, round = 0; published < NUMBERS; round++) {
                int first = published + 1;
                int last = Math.min(NUMBERS, published + 1 + RANDOM.nextInt(MOST_AT_A_TIME));
                awaitTrue(host, "remote.push.state === 'connected'");
                CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(topic, first, last));
                disturb(gate, host, round);
                publishing.join();
                published = last;
            }
            assertNumbers(host, topic, NUMBERS);
        }
    }

    /** What the client publishes is there once, and in order, even if a connection breaks before the answers come. */
    @Test
    void publishesEachOfManyNumbersOnce() {
        try (Gate gate = new Gate(service.port());
                ClientHost host = open(gate.port())) {
            start(host, gate.port());
            String topic = newTopic();
            host.run("await remote.listen('" + topic + "')");
            for (int published = 0; published < NUMBERS / 2; published += 500) {
                awaitTrue(host, "remote.push.state === 'connected'");
                host.run("remote.publishing = remote.publishNumbers('" + topic + "', " + published + ", 500, 5)"
                        + ".then(() => 'done', error => `${error.code} ${error.message}`)");
                disturb(gate, host, published / 500);
                assertThat(text(host, "await remote.publishing")).isEqualTo("\"done\"");
            }
            assertNumbers(host, topic, NUMBERS / 2);
        }
    }

    /**
     * Breaks the connection while something is on its way, and goes on before or after the client has come back. In every other round the
     * client surely comes back; what else happens, a session that polls may outlive.
     */
    private void disturb(Gate gate, ClientHost host, int round) {
        switch (round % 2 == 0 ? 2 : RANDOM.nextInt(8)) {
            case 0 -> gate.silence();
            case 1 -> {
                gate.shut();
                awaitTrue(host, "remote.push.state !== 'connected'");
                gate.open();
            }
            case 2 -> awaitAnother(host, "connected", this::closeAll); // as a server does that stops
            case 3 -> closeAll();
            case 4, 5 -> gate.letOnly(Way.values()[RANDOM.nextInt(3)]); // as on a way through other networks
            default -> gate.cut();
        }
    }

    private void closeAll() {
        service.bean(Connections.class)
                .close(
                        new ConnectionFilter("/push*", null, null, Duration.ZERO, 0),
                        new CloseStatus(1012, "please connect again"));
    }

    private static void assertNumbers(ClientHost host, String topic, int count) {
        awaitTrue(host, "remote.numbers('" + topic + "').count >= " + count);
        assertThat(text(host, "remote.numbers('" + topic + "')")).isEqualTo("{\"count\":" + count + ",\"wrong\":[]}");
        assertThat(text(host, "remote.resets")).isEqualTo("[]");
        assertThat(host.run("return remote.states.filter(state => state === 'connected').length")
                        .asInt())
                .as("connections")
                .isGreaterThan(5);
    }

    @Test
    void goesOnOverAStreamWhereNoWebSocketGetsThrough() {
        try (Gate gate = new Gate(service.port());
                ClientHost host = open(gate.port())) {
            gate.letOnly(Way.STREAM);
            start(host, gate.port());
            String topic = begin(host, "stream");
            awaitAnother(host, "connected", gate::cut);
            awaitAnother(host, "connected", gate::silence);
            goOn(host, topic);
            assertThat(text(host, "remote.push.transport")).isEqualTo("\"stream\"");
            assertThat(text(host, "remote.errors[0]")).contains("handshake_refused 426");
        }
    }

    /** A proxy that opens WebSockets and passes nothing on, and holds back each response until it has ended. */
    @Test
    void pollsWhereNoStreamGetsThroughEither() {
        try (Gate gate = new Gate(service.port());
                ClientHost host = open(gate.port())) {
            gate.let(Way.WEBSOCKET, Fate.MUTED);
            gate.let(Way.STREAM, Fate.SWALLOWED);
            start(host, gate.port(), "{ connectTimeout: 2000 }");
            String topic = begin(host, "poll");
            gate.cut(); // which the session outlives
            goOn(host, topic);
            assertThat(text(host, "remote.push.transport")).isEqualTo("\"poll\"");
        }
    }

    /** @return a topic on which the first numbers have been published */
    private static String begin(ClientHost host, String transport) {
        String topic = newTopic();
        host.run("await remote.listen('" + topic + "')");
        assertThat(text(host, "remote.push.transport")).isEqualTo('"' + transport + '"');
        host.run("await remote.publishNumbers('" + topic + "', 0, 20, 5)");
        return topic;
    }

    private void goOn(ClientHost host, String topic) {
        publish(topic, 21, 40);
        host.run("await remote.publishNumbers('" + topic + "', 40, 20, 5)");
        awaitAnother(host, "connected", this::closeAll);
        publish(topic, 61, 80);
        awaitTrue(host, "remote.numbers('" + topic + "').count === 80");
        assertThat(text(host, "remote.numbers('" + topic + "').wrong")).isEqualTo("[]");
        assertThat(text(host, "remote.resets")).isEqualTo("[]");
    }

    @Test
    void noticesThatTheServerHasFallenSilent() {
        try (Gate gate = new Gate(service.port());
                ClientHost host = open(gate.port())) {
            start(host, gate.port());
            String topic = newTopic();
            host.run("await remote.listen('" + topic + "')");
            awaitAnother(host, "connected", () -> {
                gate.silence();
                service.bean(Topics.class).publish(topic, "1");
            });
            awaitTrue(host, "remote.numbers('" + topic + "').count === 1");
            assertThat(text(host, "remote.errors")).contains("silent");
            assertThat(text(host, "remote.resets")).isEqualTo("[]");
        }
    }

    /** As on a computer that slept: its clock jumps, and the server has given it up meanwhile. */
    @Test
    void outlivesAJumpOfTheClock() {
        try (Gate gate = new Gate(service.port());
                ClientHost host = open(gate.port())) {
            start(host, gate.port());
            String topic = newTopic();
            host.run("await remote.listen('" + topic + "')");
            for (int hours : new int[] {8, -30}) {
                host.run("const { now } = Date; Date.now = () => now() + " + hours + " * 3600e3");
                service.bean(Topics.class).publish(topic, "here");
                int count = hours > 0 ? 1 : 3;
                awaitTrue(host, "remote.got['" + topic + "'].length === " + count);
                awaitAnother(host, "connected", gate::cut);
                service.bean(Topics.class).publish(topic, "again");
                awaitTrue(host, "remote.got['" + topic + "'].length === " + (count + 1));
            }
            assertThat(text(host, "remote.resets")).isEqualTo("[]");
        }
    }
}
