package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pushwire.socketio.TestServer.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The limits of a client, and what it needs a token for. At most 3 namespaces for a client, and 2 rooms for a socket.
 */
@Timeout(120)
class SocketIoLimitsTest {
    private final TestServer test = new TestServer();
    private final ChatNamespace chat = new ChatNamespace();

    @BeforeEach
    void serve() {
        test.server.serve(List.of(chat, new ChatNamespace.Letters()));
    }

    @Nested
    class Bounds {
        @Test
        void namespaces() {
            TestClient client = test.open();
            client.send("40/a,", "40/b,", "40/c,", "40/d,");
            client.awaitMessage("44/d,{\"message\":\"Too many namespaces\"}");
            client.send("41/a,", "40/d,").awaitStart("40/d,{\"sid\"");
            assertThat(test.told).contains("refused /[a-z] TOO_MANY_NAMESPACES");
        }

        @Test
        void namespacesThatClientsMakeUp() {
            TestClient client = test.open();
            client.send("40/chat" + "x".repeat(300) + ",").awaitStart("44/chatxxx");
            assertThat(test.told).contains("refused  INVALID_NAMESPACE");
            client.send("40/a,").awaitStart("40/a,");
            client.cut();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> test.server.namespaces().count() == 0);
        }

        @Test
        void rooms() {
            Socket socket = socket();
            socket.join("1", "2", "2", socket.id());
            assertThatThrownBy(() -> socket.join("3"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("pushwire.socketio.max-rooms");
            socket.leave("1");
            socket.join("3");
            assertThat(socket.rooms()).containsExactlyInAnyOrder("2", "3", socket.id());
        }

        @Test
        void timeWithoutANamespace() {
            TestClient idle = test.open();
            TestClient refused = test.open();
            refused.send("40/nowhere,");
            TestClient joined = test.connect("/a");
            joined.send("41/a,");
            test.engine.sweep(System.nanoTime() + Duration.ofSeconds(46).toNanos());
            idle.assertClosed(1000);
            refused.assertClosed(1000);
            assertThat(joined.session.closedWith()).isNull();
        }

        @Test
        void timeForAttachments() {
            TestClient client = test.connect("/a");
            client.send("3", "451-/a,[\"x\",{\"_placeholder\":true,\"num\":0}]");
            test.engine.sweep(System.nanoTime() + Duration.ofSeconds(59).toNanos());
            assertThat(client.session.closedWith()).isNull();
            client.send("3");
            test.engine.sweep(System.nanoTime() + Duration.ofSeconds(61).toNanos());
            client.assertClosed(1000);
            assertThat(test.server.unfinished()).isZero();
        }

        @Test
        void attachmentsOfAllClients() {
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                TestClient client = test.connect("/a");
                clients.add(client);
                client.send(
                        "452-/a,[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                        new byte[800]);
            }
            clients.getLast().assertClosed(1000);
            assertThat(clients.getFirst().session.closedWith()).isNull();
            assertThat(test.server.unfinished()).isBetween(2400L, (long) TestServer.MAX_UNFINISHED);
            clients.getFirst().send(new byte[1]);
            clients.forEach(TestClient::cut);
            assertThat(test.server.unfinished()).isZero();
        }

        @Test
        void aPacket() {
            TestClient client = test.connect("/a");
            client.send("451-/a,[\"x\",{\"_placeholder\":true,\"num\":0}]", new byte[TestServer.MAX_PACKET]);
            client.assertClosed(4400);
        }

        @Test
        void answersThatAreAwaited() {
            Socket socket = socket();
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < AwaitedAcks.MOST; i++) {
                answers.add(socket.emitWithAck("question"));
            }
            assertThatThrownBy(() -> socket.emitWithAck("question")).isInstanceOf(IllegalStateException.class);
            Answers all = test.io.of("/chat").emitWithAck("question").join();
            assertThat(all.answers()).isEmpty();
            assertThat(all.missing()).containsExactly(socket.id());
            socket.disconnect(false);
            assertThat(answers)
                    .allSatisfy(answer -> assertThatThrownBy(answer::get).hasMessageContaining("left"));
        }
    }

    @Nested
    class Tokens {
        @Test
        void areNeededWhereNobodyIsAnonymous() {
            TestClient client = test.openProvisional();
            client.send("40/a,").awaitStart("44/a,{\"message\":\"This server needs a token");
            client.send("40/a,{\"token\":\"ada\"}").awaitStart("40/a,{\"sid\"");
            assertThat(client.session.principal().getName()).isEqualTo("ada");
            client.send("40/b,").awaitStart("40/b,{\"sid\"");
        }

        @Test
        void thatAreNotGoodEndWhatHasNotBegun() {
            TestClient client = test.openProvisional();
            client.send("40/a,{\"token\":\"nobody\"}")
                    .awaitMessage(
                            "44/a,{\"message\":\"The token is nobody's.\",\"data\":{\"code\":\"invalid_token\"}}");
            await().atMost(Duration.ofSeconds(30)).until(() -> client.session.closedWith() != null);
            client.assertClosed(4401);
        }

        @Test
        void thatAreNotGoodKeepAnAnonymousClientOutOfANamespaceAlone() {
            TestClient client = test.open();
            client.send("40/a,{\"token\":\"nobody\"}").awaitStart("44/a,");
            client.send("40/a,").awaitStart("40/a,{\"sid\"");
            assertThat(client.session.closedWith()).isNull();
            assertThat(test.told).contains("refused /[a-z] UNAUTHENTICATED");
        }

        @Test
        void areTheApplicationsOwnWhereTheServiceKnowsNone() {
            TestClient client = new TestServer(false).open();
            client.send("40/topics,{\"token\":\"nobody\"}").awaitStart("40/topics,{\"sid\"");
        }
    }

    private Socket socket() {
        return chat.socketOf(test.connect("/chat").session);
    }
}
