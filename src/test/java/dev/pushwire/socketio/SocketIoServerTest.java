package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.socketio.TestServer.TestClient;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a client and the application's beans can do with each other. At most 3 namespaces for a client, and 2 rooms for
 * a socket.
 */
@Timeout(120)
class SocketIoServerTest {
    private final TestServer test = new TestServer();
    private final ChatNamespace chat = new ChatNamespace();

    @BeforeEach
    void serve() {
        test.server.serve(List.of(chat, new ChatNamespace.Letters()));
    }

    /** Calls do not come back before the gate is open. */
    @SocketIoNamespace("/slow")
    private static final class Slow {
        private final CountDownLatch gate = new CountDownLatch(1);

        @OnConnect
        void connected() throws InterruptedException {
            gate.await();
        }
    }

    /** Refuses with data that Jackson cannot write. */
    @SocketIoNamespace("/picky")
    private static final class Picky {
        @BeforeConnect
        void before() throws ConnectRefusedException {
            throw new ConnectRefusedException("no", new Failing());
        }
    }

    private static final class Failing {
        public String getName() {
            throw new IllegalStateException("on purpose");
        }
    }

    private void awaitCalls(String... calls) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(chat.calls).containsExactly(calls));
    }

    @Nested
    class Callbacks {
        @Test
        void comeInOrderAndSeeTheRoomsToTheEnd() {
            TestClient client = test.connect("/chat");
            client.send("42/chat,0[\"join\",\"r\"]").awaitMessage("43/chat,0[]");
            client.send("41/chat,");
            awaitCalls(
                    "before false", "connected true", "leaving client namespace disconnect true false", "left false");
            assertThat(test.server.activeRooms()).isZero();
        }

        @Test
        void tellWhyTheConnectionEnded() {
            test.connect("/chat").cut();
            awaitCalls("before false", "connected true", "leaving transport close false false", "left false");
            test.connect("/chat").end(new CloseStatus(1001, "no sign of life"));
            await().atMost(Duration.ofSeconds(30)).until(() -> chat.calls.contains("leaving ping timeout false false"));
            TestClient other = test.connect("/chat");
            other.send("4nonsense").assertClosed(4400);
            await().atMost(Duration.ofSeconds(30)).until(() -> chat.calls.contains("leaving forced close false false"));
        }

        @Test
        void ofOneLifeEndBeforeThoseOfTheNextBegin() {
            TestClient client = test.connect("/chat");
            client.send("42/chat,[\"wait\"]", "41/chat,", "40/chat,");
            chat.gate.countDown();
            awaitCalls(
                    "before false",
                    "connected true",
                    "waited",
                    "leaving client namespace disconnect false false",
                    "left false",
                    "before false",
                    "connected true");
        }

        /** As official clients do when they are told to connect to another namespace, and are about to already. */
        @Test
        void areCalledOnceForWhoAsksTwice() {
            TestClient client = test.connect("/chat");
            client.send("42/chat,[\"wait\"]", "41/chat,", "40/chat,", "40/chat,");
            chat.gate.countDown();
            client.awaitStart("40/chat,");
            awaitCalls(
                    "before false",
                    "connected true",
                    "waited",
                    "leaving client namespace disconnect false false",
                    "left false",
                    "before false",
                    "connected true");
            client.send("42/chat,1[\"sum\",1,2]").awaitMessage("43/chat,1[3]");
        }

        @Test
        void thatFailEndNothing() {
            TestClient client = test.connect("/chat");
            client.send("42/chat,0[\"fail\"]", "42/chat,1[\"sum\",\"no number\"]", "42/chat,2[\"sum\",1,2]");
            client.awaitMessage("43/chat,2[3]");
            assertThat(client.messages()).hasSize(1);
            assertThat(test.told).filteredOn("failed /chat"::equals).hasSize(2);
        }

        @Test
        void thatMeetAnErrorEndTheirClient() {
            TestClient client = test.connect("/chat");
            client.send("42/chat,[\"die\"]");
            await().atMost(Duration.ofSeconds(30)).until(() -> client.session.closedWith() != null);
            client.assertClosed(1000);
        }

        @Test
        void thatDoNotComeBackHoldUpTheirClientAlone() throws InterruptedException {
            TestClient client = test.connect("/chat");
            TestClient other = test.connect("/chat");
            Thread sender = Thread.startVirtualThread(() -> {
                for (int i = 0; i < 2 * Mailbox.MOST_TASKS; i++) {
                    client.send("42/chat,[\"wait\"]");
                }
                client.send("42/chat,9[\"sum\",4,5]");
            });
            await().atMost(Duration.ofSeconds(30)).until(() -> sender.getState() == Thread.State.WAITING);
            other.send("42/chat,7[\"sum\",1,1]").awaitMessage("43/chat,7[2]");
            chat.gate.countDown();
            client.awaitMessage("43/chat,9[9]");
            sender.join();
        }

        @Test
        void thatDoNotComeBackLetTheirClientGo() throws InterruptedException {
            TestClient client = test.connect("/chat");
            Thread sender = Thread.startVirtualThread(() -> {
                for (int i = 0; i < 2 * Mailbox.MOST_TASKS; i++) {
                    client.send("42/chat,[\"wait\"]");
                }
            });
            await().atMost(Duration.ofSeconds(30)).until(() -> sender.getState() == Thread.State.WAITING);
            client.session.disconnect();
            test.engine.sweep(System.nanoTime());
            assertThat(sender.join(Duration.ofSeconds(30))).isTrue();
            assertThat(test.io.of("/chat").fetchSockets().sockets()).isEmpty();
            chat.gate.countDown();
        }

        /** To come and to go calls handlers, as events do: a client that does nothing else is read no faster than they take. */
        @Test
        void areNotOwedWithoutEndToWhoComesAndGoes() throws InterruptedException {
            Slow slow = new Slow();
            test.server.serve(List.of(slow));
            TestClient client = test.open();
            Thread sender = Thread.startVirtualThread(() -> {
                for (int i = 0; i < 2 * Mailbox.MOST_TASKS; i++) {
                    client.send("40/slow,", "41/slow,");
                }
            });
            await().atMost(Duration.ofSeconds(30)).until(() -> sender.getState() == Thread.State.WAITING);
            slow.gate.countDown();
            assertThat(sender.join(Duration.ofSeconds(30))).isTrue();
            assertThat(client.session.isOpen()).isTrue();
        }

        @Test
        void thatRefuseWithWhatIsNoJsonRefuse() {
            test.server.serve(List.of(new Picky()));
            TestClient client = test.open();
            client.send("40/picky,").awaitMessage("44/picky,{\"message\":\"The connection was refused\"}");
            client.send("40/picky,");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Collections.frequency(
                                    client.messages(), "44/picky,{\"message\":\"The connection was refused\"}")
                            == 2);
        }

        @Test
        void answerByWhatTheyReturnLater() {
            TestClient client = test.connect("/chat");
            client.send("42/chat,3[\"later\",\"a\"]").awaitMessage("43/chat,3[\"a!\"]");
        }

        @Test
        void haveNullForAnArgumentThatIsNotThere() {
            TestClient client = test.connect("/chat");
            client.send("42/chat,3[\"sum\",5]").awaitMessage("43/chat,3[5]");
        }
    }

    @Nested
    class Answering {
        @Test
        void comesToWhoAsked() {
            TestClient client = test.connect("/chat");
            CompletableFuture<Answer> answer = socketOf(client).emitWithAck("question", 1);
            String id = client.awaitStart("42/chat,").replaceAll("42/chat,(\\d+).*", "$1");
            client.send("43/chat," + id + "[{\"a\":1},\"b\"]", "43/chat," + id + "[2]", "43/chat,999[]");
            assertThat(answer.join().get(1, String.class)).isEqualTo("b");
            assertThat(answer.join().arguments().json()).isEqualTo("[{\"a\":1},\"b\"]");
            assertThat(test.told)
                    .contains("acked /chat ANSWERED")
                    .filteredOn("acked /chat UNEXPECTED"::equals)
                    .hasSize(2);
        }

        @Test
        void isNotWaitedForWithoutEnd() {
            CompletableFuture<Answer> answer = socket().emitWithAck(Duration.ofMillis(1), "question");
            assertThatThrownBy(answer::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(test.told).contains("acked /chat MISSING");
        }

        @Test
        void ofManyIsCollected() {
            TestClient one = test.connect("/chat");
            TestClient two = test.connect("/chat");
            String silent = socketOf(two).id();
            CompletableFuture<Answers> answers =
                    test.io.of("/chat").timeout(Duration.ofSeconds(3)).emitWithAck("question");
            String id = one.awaitStart("42/chat,").replaceAll("42/chat,(\\d+).*", "$1");
            assertThat(two.awaitStart("42/chat," + id + "[")).isNotEmpty(); // the same packet for all
            one.send("43/chat," + id + "[\"yes\"]");
            assertThat(answers.join().answers())
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.get(String.class)).isEqualTo("yes"));
            assertThat(answers.join().missing()).containsExactly(silent);
            assertThat(answers.join().complete()).isTrue();
        }

        @Test
        void ofNobodyComesAtOnce() {
            Answers answers = test.io.of("/nobody").emitWithAck("question").join();
            assertThat(answers).isEqualTo(new Answers(List.of(), Set.of(), true));
        }
    }

    @Nested
    class Emitting {
        @Test
        void refusesWhatClientsWouldNotTake() {
            assertThatThrownBy(() -> test.io.emit("disconnect")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> socket().emit("connect_error")).isInstanceOf(IllegalArgumentException.class);
            Object[] eleven = Collections.nCopies(11, new byte[1]).toArray();
            assertThatThrownBy(() -> test.io.emit("x", eleven)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void reachesASocketByItsIdAndInARoomOnce() {
            TestClient client = test.connect("/chat");
            Socket socket = socketOf(client);
            socket.join("r");
            test.io.of("/chat").to(socket.id(), "r").emit("x");
            test.io.of("/chat").to(socket.id()).emit("y");
            test.io.of("chat").emit("z");
            assertThat(client.messages()).containsExactly("42/chat,[\"x\"]", "42/chat,[\"y\"]", "42/chat,[\"z\"]");
        }

        @Test
        void leavesOutWhoIsExcepted() {
            TestClient one = test.connect("/chat");
            Socket first = socketOf(one);
            TestClient two = test.connect("/chat");
            Socket second = socketOf(two);
            first.broadcast().emit("x");
            test.io.of("/chat").except(second.id()).emit("y");
            assertThat(one.messages()).containsExactly("42/chat,[\"y\"]");
            assertThat(two.messages()).containsExactly("42/chat,[\"x\"]");
        }

        @Test
        void volatileIsLeftOutWhereThereIsNoRoom() {
            TestClient client = test.connect("/chat");
            Socket socket = socketOf(client);
            client.session.setRefusesOffers(true);
            socket.emitVolatile("x");
            socket.emit("y");
            assertThat(client.messages()).containsExactly("42/chat,[\"y\"]");
        }

        @Test
        void onASocketThatLeftDoesNothing() {
            TestClient client = test.connect("/chat");
            Socket socket = socketOf(client);
            client.send("41/chat,");
            socket.emit("x");
            socket.join("r");
            test.io.of("/chat").emit("x");
            assertThat(client.messages()).isEmpty();
            assertThat(test.server.activeRooms()).isZero();
            assertThatThrownBy(() -> socket.emitWithAck("x").join()).hasMessageContaining("left");
        }
    }

    @Nested
    class Sockets {
        @Test
        void areListedAndMoved() {
            TestClient client = test.connect("/chat");
            Socket socket = socketOf(client);
            socket.data().put("name", "Ada");
            Emitter here = test.io.of("/chat");
            here.socketsJoin("r");
            SocketList list = here.in("r").fetchSockets();
            assertThat(list.complete()).isTrue();
            assertThat(list.sockets()).singleElement().satisfies(info -> {
                assertThat(info.id()).isEqualTo(socket.id());
                assertThat(info.rooms()).containsExactlyInAnyOrder("r", socket.id());
                assertThat(info.data()).containsEntry("name", "Ada");
            });
            here.in("r").socketsLeave("r");
            assertThat(here.in("r").fetchSockets().sockets()).isEmpty();
            here.in(socket.id()).disconnectSockets(false);
            assertThat(client.messages()).containsExactly("41/chat,");
            assertThat(client.session.closedWith()).isNull();
        }

        @Test
        void areDisconnectedWithAllOthersOfTheirConnection() {
            TestClient client = test.connect("/chat");
            client.send("40/a,").awaitStart("40/a,");
            test.io.of("/chat").disconnectSockets(true);
            await().atMost(Duration.ofSeconds(30)).until(() -> client.session.closedWith() != null);
            assertThat(client.messages()).contains("41/chat,", "41/a,");
            client.assertClosed(1000);
        }
    }

    private Socket socketOf(TestClient client) {
        return chat.socketOf(client.session);
    }

    private Socket socket() {
        return socketOf(test.connect("/chat"));
    }
}
