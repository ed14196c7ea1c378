package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSessionTest {
    private static final Limits SMALL = TestConnection.limits(1_000, 1_000);

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final TestConnection connection =
            loop.connection(Execution.EVENT_LOOP, SMALL).open();
    private final Session session = connection.session();

    private static OutboundMessage binary(int size) {
        return OutboundMessage.binary(ByteBuffer.allocate(size));
    }

    /** Runs code on another thread, and waits until it has ended. */
    private static void elsewhere(Runnable code) throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = Thread.ofPlatform()
                .uncaughtExceptionHandler((_, t) -> thrown.add(t))
                .start(code);
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown).isEmpty();
    }

    @Nested
    class Sending {
        @Test
        void everyKindOfMessageFromTheLoop() {
            sendAll();
            loop.settle();
            connection.assertSent("text one", "binary 02", "text three", "binary 04");
        }

        @Test
        void everyKindOfMessageFromAnotherThread() throws InterruptedException {
            elsewhere(this::sendAll);
            connection.assertSent();
            loop.settle();
            connection.assertSent("text one", "binary 02", "text three", "binary 04");
        }

        private void sendAll() {
            session.send("one");
            ByteBuffer data = ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 1);
            session.send(data);
            assertThat(data.remaining()).isEqualTo(1);
            session.send(OutboundMessage.text("three"));
            session.send(OutboundMessage.binary(ByteBuffer.wrap(new byte[] {4})));
        }

        @Test
        void theMessageIsCopiedWhenItIsSent() throws InterruptedException {
            byte[] data = {1};
            elsewhere(() -> session.send(ByteBuffer.wrap(data)));
            data[0] = 2;
            loop.settle();
            connection.assertSent("binary 01");
        }

        @Test
        void keepsTheOrderOfEachThread() {
            List<Thread> threads = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                threads.add(Thread.ofVirtual()
                        .start(() -> IntStream.range(0, 30).forEach(i -> session.send(name + i))));
            }
            while (threads.stream().anyMatch(Thread::isAlive)) {
                loop.settle(); // else they wait for it
            }
            loop.settle();
            assertThat(connection.sent()).hasSize(90);
            for (String name : List.of("a", "b", "c")) {
                assertThat(connection.sent().stream().filter(frame -> frame.startsWith("text " + name)))
                        .containsExactlyElementsOf(IntStream.range(0, 30)
                                .mapToObj(i -> "text " + name + i)
                                .toList());
            }
        }

        @Test
        void doesNothingOnceItIsClosing() throws InterruptedException {
            session.close();
            elsewhere(() -> {
                session.send("late");
                session.send(ByteBuffer.allocate(1));
                session.send(OutboundMessage.text("late"));
                assertThat(session.offer(OutboundMessage.text("late"))).isFalse();
            });
            loop.settle();
            connection.assertSent("close 1000");
        }

        /** The loop is not turning: a thread that sends without bound has to wait for it, message by message. */
        @Test
        void waitsForTheLoopWhenTooMuchIsOnItsWay() throws InterruptedException {
            CountDownLatch sent = new CountDownLatch(1);
            Thread fast = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20; i++) {
                    session.send(OutboundMessage.text("x".repeat(100)));
                    if (i == 4) { // the first that has to wait, for as long as it has to
                        sent.countDown();
                    }
                }
            });
            assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(fast.join(Duration.ofMillis(100))).isFalse();
            loop.passUntil(() -> !fast.isAlive());
            assertThat(connection.sent()).hasSize(20);
        }
    }

    @Nested
    class Offering {
        @Test
        void takesWhatThereIsRoomFor() {
            connection.peerStopsReading();
            assertThat(session.offer(binary(900))).isTrue();
            loop.settle();
            assertThat(session.offer(binary(200))).isTrue();
            assertThat(session.offer(binary(1))).isFalse();
            loop.settle();
            connection.assertOpen();
            connection.peerReads();
            connection.assertSent("binary of 900", "binary of 200");
            assertThat(session.offer(binary(500))).isTrue();
        }

        @Test
        void takesWhatOnlyTheEndOfThePassWouldHaveToWaitFor() {
            for (int i = 0; i < 10; i++) {
                assertThat(session.offer(binary(900))).isTrue();
            }
            loop.settle();
            assertThat(connection.sent()).hasSize(10);
        }

        @Test
        void alwaysTakesAMessageAlone() throws InterruptedException {
            connection.peerStopsReading();
            elsewhere(() -> {
                assertThat(session.offer(binary(5_000))).isTrue();
                assertThat(session.offer(binary(1))).isFalse();
            });
            loop.settle();
            connection.assertOpen();
        }

        @Test
        void fromAnotherThreadTakesWhatThereIsRoomFor() throws InterruptedException {
            connection.peerStopsReading();
            elsewhere(() -> {
                assertThat(session.offer(binary(1_000))).isTrue();
                assertThat(session.offer(binary(1))).isFalse(); // the first is still on its way, and yet counts
            });
            loop.settle();
            elsewhere(() -> assertThat(session.offer(binary(1))).isFalse());
            connection.peerReads();
            elsewhere(() -> assertThat(session.offer(binary(500))).isTrue());
            loop.settle();
            connection.assertSent("binary of 1000", "binary of 500");
        }

        /** The first message has left its thread and has not been tried on the socket yet. */
        @Test
        void inTheMiddleOfAPassSeesWhatIsInTheOutbox() throws InterruptedException {
            connection.peerStopsReading();
            elsewhere(() -> assertThat(session.offer(binary(1_000))).isTrue());
            loop.loop().execute(() -> {
                try {
                    elsewhere(() -> assertThat(session.offer(binary(1))).isFalse());
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            loop.settle();
            connection.assertOpen();
        }

        @Test
        void byManyThreadsAtOnceNeverEndsTheConnection() throws InterruptedException {
            connection.peerStopsReading();
            for (int round = 0; round < 200; round++) {
                CountDownLatch start = new CountDownLatch(1);
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    threads.add(Thread.ofPlatform().start(() -> {
                        try {
                            start.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        session.offer(binary(600));
                    }));
                }
                start.countDown();
                for (Thread thread : threads) {
                    thread.join();
                }
                loop.settle();
                connection.assertOpen();
                connection.peerReads();
                connection.peerStopsReading();
            }
        }

        /** Their bytes are the least of what small messages take. */
        @Test
        void ofSmallMessagesFromAnotherThreadNeverEndsTheConnection() throws InterruptedException {
            connection.peerStopsReading();
            for (int i = 0; i < 50; i++) {
                elsewhere(() -> session.offer(binary(1)));
                loop.settle();
                connection.assertOpen();
            }
            assertThat(session.backlog()).isGreaterThan(3 * 5).isLessThan(3 * 50);
        }

        @Test
        void isRefusedOnceItIsClosed() {
            session.close();
            assertThat(session.offer(binary(1))).isFalse();
        }
    }

    @Nested
    class Closing {
        @ParameterizedTest
        @ValueSource(ints = {1004, 1005, 1006, 1015, 2000})
        void withACodeThatMustNotBeSentIsRefused(int code) {
            assertThatIllegalArgumentException().isThrownBy(() -> session.close(new CloseStatus(code)));
            loop.settle();
            connection.assertOpen();
        }

        @ParameterizedTest
        @ValueSource(ints = {1000, 1001, 1008, 3000, 4999})
        void withACodeThatMayBeSent(int code) throws InterruptedException {
            elsewhere(() -> session.close(new CloseStatus(code, "why")));
            loop.settle();
            connection.assertSent("close " + code + " why");
        }
    }

    @Test
    void isOpenUntilItCloses() {
        assertThat(session.isOpen()).isTrue();
        session.close();
        assertThat(session.isOpen()).isFalse();
    }

    @Test
    void attributesBelongToOneSession() throws InterruptedException {
        session.attributes().put("name", "Ann");
        elsewhere(() -> assertThat(session.attributes()).containsExactly(Map.entry("name", "Ann")));
        assertThat(loop.connection().session().attributes()).isEmpty();
    }

    @Test
    void idsDiffer() {
        assertThat(session.id())
                .isNotEmpty()
                .isNotEqualTo(loop.connection().session().id());
    }

    @Test
    void tellsWhatTheHandshakeLeft() {
        EndpointBinding binding = connection.connection().binding();
        HandshakeInfo peer =
                new HandshakeInfo(AccessLease.lasting(() -> "Ann"), "chat", null, Map.of("room", "7"), "203.0.113.5");
        Session forwarded = new Connection(loop.loop(), connection.transport, binding, peer).session();
        assertThat(forwarded.principal().getName()).isEqualTo("Ann");
        assertThat(forwarded.subprotocol()).isEqualTo("chat");
        assertThat(forwarded.pathVariables()).containsExactly(Map.entry("room", "7"));
        assertThat(forwarded.remoteAddress()).isEqualTo("203.0.113.5");
        assertThat(forwarded.toString()).contains(forwarded.id(), "203.0.113.5");
    }

    @Test
    void withoutAProxyTheAddressIsTheSockets() {
        assertThat(session.remoteAddress()).isEqualTo("192.0.2.1");
        assertThat(session.principal()).isNull();
        assertThat(session.subprotocol()).isNull();
    }
}
