package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.broker.Member;
import dev.pushwire.socketio.TestServer.TestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What applications can do with the sockets of all nodes, whatever the broker. */
@Timeout(120)
abstract class NodesContract {
    private static final AtomicInteger NAMES = new AtomicInteger();

    /** A namespace for each test. */
    private final String name = "/test-" + NAMES.incrementAndGet();

    private final List<Connected> sockets = new ArrayList<>();

    /** A client, and its socket. */
    private record Connected(TestClient client, Socket socket) {
        void assertGot(String... events) {
            String[] packets = IntStream.range(0, events.length)
                    .mapToObj(i -> "42" + socket.namespace() + "," + events[i])
                    .toArray(String[]::new);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(client.messages()).containsExactly(packets));
        }
    }

    /** Three nodes, which may be one and the same. */
    abstract List<TestServer> nodes();

    private SocketIo io(int node) {
        return nodes().get(node).io;
    }

    private Emitter all(int node) {
        return io(node).of(name);
    }

    private Connected connect(int node, String... rooms) {
        TestClient client = nodes().get(node).connect(name);
        Connected member = new Connected(client, nodes().get(node).served.socketOf(client.session));
        member.socket.join(rooms);
        sockets.add(member);
        return member;
    }

    /** Asserts it after everything that is on its way. */
    private void assertAllGot(Map<Connected, List<String>> events) {
        all(1).emit("end");
        for (Connected member : sockets) {
            List<String> expected = new ArrayList<>(events.getOrDefault(member, List.of()));
            expected.add("[\"end\"]");
            member.assertGot(expected.toArray(String[]::new));
        }
    }

    @Test
    void eachSocketOfARoomGetsAnEventOnceAndNobodyElse() {
        Connected one = connect(0, "r");
        Connected other = connect(0);
        Connected two = connect(1, "r");
        Connected three = connect(2, "r", "s");
        Connected four = connect(2, "r", "s");
        all(0).to("r").emit("a", 1);
        one.socket().to("r").emit("b");
        all(2).to("r", "s").except(four.socket().id()).emit("c");
        all(1).except("r").emit("d");
        one.assertGot("[\"a\",1]", "[\"c\"]");
        other.assertGot("[\"d\"]");
        two.assertGot("[\"a\",1]", "[\"b\"]", "[\"c\"]");
        three.assertGot("[\"a\",1]", "[\"b\"]", "[\"c\"]");
        four.assertGot("[\"a\",1]", "[\"b\"]");
        sockets.forEach(member -> member.client().session.clear());
        assertAllGot(Map.of());
    }

    @Test
    void aSocketIsReachedByItsIdFromAnyNode() {
        Connected one = connect(0, "r");
        Connected two = connect(2);
        for (int node = 0; node < 3; node++) {
            all(node).to(one.socket().id()).emit("for", node);
        }
        all(2).to(one.socket().id(), "r", two.socket().id()).emit("once");
        assertAllGot(Map.of(
                one, List.of("[\"for\",0]", "[\"for\",1]", "[\"for\",2]", "[\"once\"]"), two, List.of("[\"once\"]")));
    }

    @Test
    void binaryDataArrivesAsItWasSent() {
        Connected one = connect(0);
        Connected two = connect(2);
        all(1).emit("picture", "é", "bytes".getBytes(StandardCharsets.UTF_8), Map.of("more", new byte[] {65}));
        String json =
                "[\"picture\",\"é\",{\"_placeholder\":true,\"num\":0},{\"more\":{\"_placeholder\":true,\"num\":1}}]";
        for (Connected member : List.of(one, two)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(member.client().messages())
                            .containsExactly("452-" + name + "," + json, "binary bytes", "binary A"));
        }
    }

    @Test
    void theEventsOfOneEmitterKeepTheirOrder() {
        Connected one = connect(0, "r");
        Connected two = connect(1, "r");
        Connected three = connect(2, "r");
        String[] expected = new String[200];
        for (int i = 0; i < expected.length; i++) {
            (i % 3 == 0 ? all(1) : all(1).to("r")).emit("n", i);
            expected[i] = "[\"n\"," + i + "]";
        }
        List.of(one, two, three).forEach(member -> member.assertGot(expected));
    }

    @Test
    void aVolatileEventIsLeftOutWhereThereIsNoRoom() {
        Connected one = connect(0);
        Connected two = connect(2);
        two.client().session.setRefusesOffers(true);
        all(1).to(one.socket().id(), two.socket().id()).asVolatile().emit("v");
        assertAllGot(Map.of(one, List.of("[\"v\"]")));
    }

    @Test
    void clientsOfAllNodesAnswer() {
        Connected one = connect(0, "r");
        Connected two = connect(1, "r");
        Connected silent = connect(2, "r");
        connect(2);
        CompletableFuture<Answers> future =
                all(1).to("r").timeout(Duration.ofSeconds(3)).emitWithAck("who", 7);
        for (Connected member : List.of(one, two)) {
            String id = member.client().awaitStart("42" + name + ",").replaceAll("42[^,]*,(\\d+)\\[.*", "$1");
            member.client()
                    .send("43" + name + "," + id + "[\"" + member.socket().id() + "\"]");
        }
        Answers answers = future.join();
        assertThat(answers.answers().stream().map(answer -> answer.get(String.class)))
                .containsExactlyInAnyOrder(one.socket().id(), two.socket().id());
        assertThat(answers.missing()).containsExactly(silent.socket().id());
        assertThat(answers.complete()).isTrue();
        assertThat(nodes())
                .allSatisfy(node -> assertThat(node.server.awaitedCollections()).isZero());
    }

    @Test
    void ofANodeThatDiedAnswersAreMissing() {
        Connected one = connect(0);
        nodes().get(0).nodes.broker().join(NamespaceTopics.of(name, false), new Member("dead-1", null, null));
        CompletableFuture<Answers> future = all(1).emitWithAck("who");
        String id = one.client().awaitStart("42" + name + ",").replaceAll("42[^,]*,(\\d+)\\[.*", "$1");
        one.client().send("43" + name + "," + id + "[1]");
        assertThat(future.join().answers()).hasSize(1);
        assertThat(future.join().complete()).isFalse();
        SocketList list = all(2).fetchSockets();
        assertThat(list.sockets()).hasSize(1);
        assertThat(list.complete()).isFalse();
    }

    @Test
    void nobodyIsAskedWhereNobodyIs() {
        assertThat(all(0).emitWithAck("who").join()).isEqualTo(new Answers(List.of(), Set.of(), true));
        assertThat(all(0).fetchSockets()).isEqualTo(new SocketList(List.of(), true));
        all(0).emit("x");
        io(0).of("/nobody-serves-this").emit("x");
        assertThat(io(0).of("/nobody-serves-this").fetchSockets().complete()).isTrue();
    }

    @Test
    void socketsAreListedWithWhatTheyHave() {
        Connected one = connect(0, "r");
        Connected two = connect(2);
        one.socket().data().put("name", "Ada");
        one.socket().data().put("tags", List.of(1, Map.of("a", true)));
        one.socket().data().put("thread", Thread.currentThread().getThreadGroup());
        SocketList list = all(1).fetchSockets();
        assertThat(list.complete()).isTrue();
        assertThat(list.sockets())
                .extracting(SocketInfo::id)
                .containsExactlyInAnyOrder(one.socket().id(), two.socket().id());
        assertThat(all(2).in("r").fetchSockets().sockets()).singleElement().satisfies(info -> {
            assertThat(info.rooms()).containsExactlyInAnyOrder("r", one.socket().id());
            assertThat(info.data()).containsEntry("name", "Ada").containsEntry("tags", List.of(1, Map.of("a", true)));
        });
    }

    @Test
    void moreSocketsAreListedThanGoIntoOneAnswer() {
        for (int i = 0; i < 12; i++) {
            connect(i % 3).socket().data().put("large", "x".repeat(400_000));
        }
        SocketList list = all(0).fetchSockets();
        assertThat(list.complete()).isTrue();
        assertThat(list.sockets())
                .hasSize(12)
                .allSatisfy(info -> assertThat(info.data()).containsKey("large"));
    }

    @Test
    void socketsJoinAndLeaveWhateverNodeTheyAreOn() {
        Connected one = connect(0);
        Connected two = connect(1);
        Connected three = connect(2, "s");
        all(2).socketsJoin("r");
        assertThat(all(0).in("r").fetchSockets().sockets()).hasSize(3);
        all(0).to("r").emit("a");
        all(1).in("s").socketsLeave("r");
        all(1).in(two.socket().id()).socketsLeave("r");
        assertThat(all(2).in("r").fetchSockets().sockets())
                .singleElement()
                .satisfies(info -> assertThat(info.id()).isEqualTo(one.socket().id()));
        all(1).to("r").emit("b");
        assertAllGot(Map.of(one, List.of("[\"a\"]", "[\"b\"]"), two, List.of("[\"a\"]"), three, List.of("[\"a\"]")));
    }

    @Test
    void socketsAreDisconnectedBehindWhatTheyWereSent() {
        Connected one = connect(0, "r");
        Connected two = connect(2, "r");
        Connected other = connect(2);
        all(1).to("r").emit("bye");
        all(1).in("r").disconnectSockets(false);
        all(1).emit("late");
        for (Connected member : List.of(one, two)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(member.client().messages())
                            .containsExactly("42" + name + ",[\"bye\"]", "41" + name + ","));
            assertThat(member.client().session.closedWith()).isNull();
        }
        other.assertGot("[\"late\"]");
        all(0).disconnectSockets(true);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> other.client().session.closedWith() != null);
    }

    @Test
    void onlyNodesWithSocketsOfANamespaceTakePartInIt() {
        Connected one = connect(0);
        assertThat(members()).hasSize(1);
        Connected two = connect(0);
        one.client().cut();
        assertThat(members()).hasSize(1);
        two.client().cut();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(members()).isEmpty());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> nodes().get(0).server.namespaces().get(name) == null);
        Connected three = connect(0);
        all(1).emit("end");
        three.assertGot("[\"end\"]");
    }

    private List<Member> members() {
        return nodes().get(1).nodes.broker().members(NamespaceTopics.of(name, false));
    }
}
