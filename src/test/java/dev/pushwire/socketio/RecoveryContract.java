package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.BinaryForm;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.socketio.TestServer.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients recover, whatever the broker. A namespace remembers 100 events. */
@Timeout(120)
abstract class RecoveryContract {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A namespace for each test. */
    final String name = "/again-" + NAMES.incrementAndGet();

    /** Three nodes, which may be one and the same. */
    abstract List<TestServer> nodes();

    /** A client that keeps what the official one does. */
    final class Client {
        private TestClient now;
        private Socket socket;
        String pid;
        String offset;

        /** Connects, anew or again. */
        Client connect(int node) {
            now = nodes().get(node).open();
            String auth = pid == null
                    ? ""
                    : "{\"pid\":\"" + pid + "\"" + (offset == null ? "" : ",\"offset\":\"" + offset + "\"") + "}";
            now.send("40" + name + "," + auth);
            String answer = now.awaitStart("40" + name);
            pid = answer.replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
            socket = nodes().get(node).served.socketOf(now.session);
            return this;
        }

        Socket socket() {
            return socket;
        }

        String id() {
            return socket.id();
        }

        /** Loses its connection. */
        void cut() {
            now.cut();
        }

        /** The events that came, without their positions; notes the last position, as the official client does. */
        List<String> events() {
            List<String> events = now.messages().stream()
                    .filter(message -> message.startsWith("42"))
                    .toList();
            if (!events.isEmpty()) {
                offset = events.getLast().replaceAll(".*\"([^\"]+)\"\\]$", "$1");
            }
            return events.stream()
                    .map(event -> event.replaceAll("^42[^\\[]*|,\"[^\"]+\"\\]$", ""))
                    .toList();
        }

        void awaitEvents(String... expected) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(events()).containsExactly(expected));
        }
    }

    Client connect(int node, String... rooms) {
        Client client = new Client().connect(node);
        client.socket.join(rooms);
        return client;
    }

    private Emitter all(int node) {
        return nodes().get(node).io.of(name);
    }

    /** Waits until everything that was said has been done on all nodes. */
    private void settle() {
        assertThat(all(0).fetchSockets().complete()).isTrue();
    }

    @Test
    void aClientThatComesBackIsTheSameAndGetsWhatItMissed() {
        Client client = connect(0, "r");
        Client other = connect(1, "r");
        client.socket.data().put("name", "Ada");
        all(1).emit("a", 1);
        client.socket.emit("b", 2);
        await().atMost(PATIENCE).until(() -> client.events().size() == 2);
        String id = client.id();
        client.cut();
        all(1).to("r").emit("c");
        all(2).to(id).emit("d", "x");
        all(2).to("other").emit("e");
        all(2).except("r").emit("f");
        all(2).asVolatile().emit("g");
        client.connect(2);
        assertThat(client.id()).isEqualTo(id);
        assertThat(client.socket.recovered()).isTrue();
        assertThat(client.socket.rooms()).containsExactlyInAnyOrder("r", id);
        assertThat(client.socket.data()).containsEntry("name", "Ada");
        List<String> messages = client.now.messages();
        int answer = messages.indexOf(client.now.awaitStart("40" + name));
        assertThat(messages.subList(0, answer))
                .filteredOn(message -> message.startsWith("42"))
                .hasSize(2);
        client.awaitEvents("[\"c\"", "[\"d\",\"x\"");
        all(0).to("r").emit("h");
        client.awaitEvents("[\"c\"", "[\"d\",\"x\"", "[\"h\"");
        assertThat(nodes()).anySatisfy(node -> assertThat(node.told).contains("returned /again-.+ RECOVERED"));
        other.cut();
    }

    @Test
    void evenWhenItHasSeenNoEventYet() {
        Client client = connect(0, "r");
        client.cut();
        all(1).to("r").emit("a");
        client.connect(1);
        assertThat(client.socket.recovered()).isTrue();
        client.awaitEvents("[\"a\"");
    }

    @Test
    void aVolatileEventWithATextAtItsEndHidesNoPosition() {
        Client client = connect(0);
        all(1).emit("a");
        all(1).asVolatile().emit("status", "connected");
        settle(); // what is for one socket alone does not wait for what is for many
        client.socket.emitVolatile("status", "well");
        client.awaitEvents("[\"a\"", "[\"status\",\"connected\"", "[\"status\",\"well\"");
        client.cut();
        all(1).emit("b");
        client.connect(2);
        assertThat(client.socket.recovered()).isTrue();
        client.awaitEvents("[\"b\"");
    }

    @Test
    void aTextThatIsNoPositionLosesNothing() {
        Client client = connect(0);
        client.now.send("3", "3"); // all up to here is confirmed
        client.cut();
        all(1).emit("a");
        client.offset = "connected";
        client.connect(2);
        assertThat(client.socket.recovered()).isTrue();
        client.awaitEvents("[\"a\"");
    }

    @Test
    void whatItGotAtItsReturnIsNotSentAgain() {
        Client client = connect(0);
        client.cut();
        all(1).emit("a");
        client.connect(1);
        client.awaitEvents("[\"a\"");
        for (int node = 0; node < 3; node++) {
            client.cut();
            client.connect(node);
            assertThat(client.socket.recovered()).isTrue();
            client.awaitEvents();
        }
    }

    @Test
    void itComesBackAgainAndAgainThoughItsOldConnectionIsStillOpen() {
        Client client = connect(0, "r");
        String id = client.id();
        for (int i = 0; i < 6; i++) {
            all(i % 3).to("r").emit("n", i);
            client.awaitEvents("[\"n\"," + i);
            TestClient old = client.now;
            client.connect((i + 1) % 3);
            await().atMost(PATIENCE).until(() -> old.session.closedWith() != null);
            assertThat(client.id()).isEqualTo(id);
            client.awaitEvents();
        }
        assertThat(all(0).fetchSockets().sockets()).hasSize(1);
    }

    @Test
    void itComesBackAgainIfItIsLostWhileItGetsWhatItMissed() {
        Client client = connect(0, "r");
        String id = client.id();
        client.cut();
        all(1).to("r").emit("a");
        beginReturn(client, 1).cut();
        all(1).in(id).socketsJoin("s");
        TestClient half = beginReturn(client, 2);
        client.connect(1); // though the connection before is still open
        await().atMost(PATIENCE).until(() -> half.session.closedWith() != null);
        assertThat(client.socket.rooms()).containsExactlyInAnyOrder("r", "s", id);
        client.awaitEvents("[\"a\"");
    }

    private TestClient beginReturn(Client client, int node) {
        TestClient back = nodes().get(node).open();
        back.session.setBacklog(Integer.MAX_VALUE); // so it gets one event and no more
        back.send("40" + name + ",{\"pid\":\"" + client.pid + "\"}").awaitStart("42" + name);
        return back;
    }

    @Test
    void whatWasSentToItAloneIsKeptInItsPlace() {
        Client client = connect(0);
        client.socket.emit("p", 1);
        client.awaitEvents("[\"p\",1");
        client.socket.emit("p", 2); // on its way when the connection breaks
        all(0).emit("a");
        settle();
        client.socket.emit("p", 3);
        client.cut();
        all(1).emit("b");
        client.connect(1);
        client.awaitEvents("[\"p\",2", "[\"a\"", "[\"p\",3", "[\"b\"");
        client.socket.emit("p", 4);
        client.cut();
        client.connect(2);
        client.awaitEvents("[\"p\",4");
    }

    @Test
    void aQuietClientComesBackToALoudNamespaceThanksToItsPongs() {
        Client quiet = connect(0, "quiet");
        Client silent = connect(0, "quiet");
        all(0).to("quiet").emit("a");
        quiet.awaitEvents("[\"a\"");
        silent.awaitEvents("[\"a\"");
        for (int i = 0; i < 120; i++) {
            all(0).to("loud").emit("n", i);
        }
        settle();
        quiet.now.send("3", "3");
        quiet.cut();
        silent.cut();
        all(0).to("quiet").emit("b");
        quiet.connect(1);
        assertThat(quiet.socket.recovered()).isTrue();
        quiet.awaitEvents("[\"b\"");
        String pid = silent.pid;
        silent.connect(1);
        assertThat(silent.socket.recovered()).isFalse();
        assertThat(silent.pid).isNotEqualTo(pid);
        assertThat(nodes().get(1).told).contains("returned /again-.+ INCOMPLETE");
    }

    @Test
    void nobodyGetsWhatWasSaidBeforeItJoined() {
        all(0).emit("secret");
        Client early = connect(1);
        all(0).to("r").emit("secret");
        settle();
        all(0).in(early.id()).socketsJoin("r");
        all(0).to("r").emit("a");
        early.awaitEvents("[\"a\"");
        String first = early.offset.replaceAll("\\..*", ".0");
        early.cut();
        early.offset = first;
        early.connect(2);
        early.awaitEvents("[\"a\"");
    }

    @Test
    void whatTheApplicationDoesWithASocketThatIsAwayHolds() {
        Client client = connect(0, "r", "s");
        String id = client.id();
        client.cut();
        all(1).in(id).socketsLeave("r");
        all(1).to("r").emit("not");
        all(1).in(id).socketsJoin("t");
        all(1).to("t").emit("yes");
        client.connect(2);
        assertThat(client.socket.rooms()).containsExactlyInAnyOrder("s", "t", id);
        client.awaitEvents("[\"yes\"");
        client.cut();
        all(1).in("t").disconnectSockets(false);
        TestClient back = nodes().get(0).open();
        back.send("40" + name + ",{\"pid\":\"" + client.pid + "\"}").awaitMessage("41" + name + ",");
        assertThat(back.messages()).noneMatch(message -> message.startsWith("40"));
        assertThat(all(0).fetchSockets().sockets()).isEmpty();
    }

    @Test
    void nobodyComesBackAsSomebodyElse() {
        Client client = new Client();
        client.now = nodes().get(0).open();
        client.now.send("40" + name + ",{\"token\":\"ada\"}");
        client.pid = client.now.awaitStart("40" + name).replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
        client.cut();
        TestClient mallory = nodes().get(1).open();
        mallory.send("40" + name + ",{\"pid\":\"" + client.pid + "\",\"token\":\"mallory\"}");
        assertThat(mallory.awaitStart("40" + name)).doesNotContain(client.pid);
    }

    @Test
    void aTokenIsCheckedAgain() {
        Client client = connect(0);
        client.cut();
        TestClient back = nodes().get(1).open();
        back.send("40" + name + ",{\"pid\":\"" + client.pid + "\",\"token\":\"nobody\"}");
        assertThat(back.awaitStart("44" + name)).contains("invalid_token");
        assertThat(back.messages()).noneMatch(message -> message.startsWith("40"));
    }

    @Test
    void aClientThatLeftOrWasNeverHereBeginsAnew() {
        Client client = connect(0);
        client.now.send("41" + name + ",");
        client.connect(1);
        assertThat(client.socket.recovered()).isFalse();
        for (String pid : List.of("dead-abc", "nonsense", "-", client.pid + "x")) {
            Client other = new Client();
            other.pid = pid;
            other.connect(1);
            assertThat(other.socket.recovered()).isFalse();
            assertThat(other.pid).isNotEqualTo(pid);
        }
    }

    @Test
    void whatIsKeptIsBoundedAndForgotten() {
        TestServer node = nodes().get(0);
        long before = node.server.recoveryBytes(); // of other tests
        Client large = connect(0);
        for (int i = 0; i < 30; i++) {
            large.socket.emit("p", "x".repeat(1000));
        }
        assertThat(node.server.recoveryBytes() - before)
                .isPositive()
                .isLessThanOrEqualTo(TestServer.RECOVERY.maxSessionSize());
        large.cut();
        large.connect(1);
        assertThat(large.socket.recovered()).isFalse();
        Client first = connect(0);
        first.cut();
        for (int i = 0; i < TestServer.RECOVERY.maxSessions(); i++) {
            connect(0).cut();
        }
        assertThat(node.server.sessionsAway()).isEqualTo(TestServer.RECOVERY.maxSessions());
        first.connect(0);
        assertThat(first.socket.recovered()).isFalse();
        first.now.send("41" + name + ",");
        large.now.send("41" + name + ",");
        node.server.tidyUp(System.nanoTime() + Duration.ofMinutes(3).toNanos());
        assertThat(node.server.sessionsAway()).isZero();
        await().atMost(PATIENCE).until(() -> node.server.namespaces().get(name) == null);
        assertThat(node.server.recoveryBytes()).isLessThanOrEqualTo(before);
    }

    /** While a service is updated: what is said in a word that this version does not know changes nothing else. */
    @Test
    void whatALaterVersionSaysIsPassedOver() {
        Client connected = connect(0);
        Client away = connect(1);
        away.cut();
        all(1).emit("a");
        byte[] unknown = BinaryForm.of(5, "dance", 1, 4, "more");
        nodes().get(1)
                .nodes
                .broker()
                .publish(NamespaceTopics.of(name, true), Payload.of(Payload.Kind.BINARY, unknown), PublishOptions.NONE);
        all(1).emit("b");
        connected.awaitEvents("[\"a\"", "[\"b\"");
        away.connect(2);
        assertThat(away.socket.recovered()).isTrue();
        away.awaitEvents("[\"a\"", "[\"b\"");
        settle();
    }

    @Test
    void onlyOneOfTwoThatShowTheSameSecretIsTheSocket() {
        Client client = connect(0);
        client.cut();
        Client twin = new Client();
        twin.pid = client.pid;
        client.connect(1);
        assertThat(client.socket.recovered()).isTrue();
        TestClient old = client.now;
        twin.connect(2);
        assertThat(twin.socket.recovered()).isTrue();
        await().atMost(PATIENCE).until(() -> old.session.closedWith() != null);
        assertThat(all(0).fetchSockets().sockets()).hasSize(1);
        assertThat(Map.of("id", twin.id())).containsEntry("id", client.id());
    }
}
