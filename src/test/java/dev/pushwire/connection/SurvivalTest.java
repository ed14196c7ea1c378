package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseStatus;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An Error inside the engine ends one connection, but neither another connection nor a loop. */
class SurvivalTest {
    private static final Error ERROR = withoutTrace(new NoClassDefFoundError("as/the/test/wants/It"));

    private static <E extends Error> E withoutTrace(E error) {
        error.setStackTrace(new StackTraceElement[0]);
        return error;
    }

    /** On a loop that the test drives. */
    @Nested
    class OfOneConnection {
        @AutoClose
        private final TestLoop loop = new TestLoop();

        private final TestConnection connection = loop.connection().open();
        private final TestConnection other = loop.connection().open();

        static Stream<Arguments> waysToFail() {
            return Stream.of(
                    way("reading", each -> each.arrives(Wire.text("a"))),
                    way("writing", each -> each.session().send("a")),
                    way("answering", each -> each.arrives(Wire.ping("a"))),
                    way("closing", each -> each.session().close()),
                    way("ending", each -> each.connection().end(new Ending.WentQuiet())),
                    way("leaving", each -> each.connection().session().leave(new Ending.LifetimeOver())),
                    way("giving up", each -> each.connection().end(new Ending.PeerVanished())),
                    way(
                            "a task of its own",
                            each -> each.connection().later(() -> {
                                throw ERROR;
                            })));
        }

        private static Arguments way(String name, Consumer<TestConnection> how) {
            return Arguments.of(name, how);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("waysToFail")
        void whateverItFailsAtItEndsAndGivesBackWhatItHeld(String name, Consumer<TestConnection> how) {
            connection.transport.throwsAtEverything(ERROR);
            how.accept(connection);
            loop.settle();
            connection.assertAccounted();
            assertThat(connection.transport.isClosed()).isTrue();
            assertThat(connection.endpoint.isTold()).isTrue();
            assertThat(loop.loop().size()).isEqualTo(1);

            other.receives(Wire.text("still here"));
            other.assertCalls("open", "text still here");
            other.session().send("and heard");
            loop.settle();
            other.assertSent("text and heard");
        }

        @Test
        void whatItWasSentMeanwhileIsNotOnItsWayForEver() throws InterruptedException {
            connection.transport.throwsAtEverything(ERROR);
            connection.endpoint.onText = (_, _) -> {};
            Thread.ofVirtual()
                    .start(() -> connection.session().send("x".repeat(1_000)))
                    .join();
            assertThat(connection.session().backlog()).isPositive();
            loop.settle();
            assertThat(connection.session().backlog()).isZero();
        }

        @Test
        void aThreadThatCannotBeStartedIsOneForTheNextCall() {
            AtomicInteger attempts = new AtomicInteger();
            VirtualThreadInvoker delivery = new VirtualThreadInvoker(connection.connection(), call -> {
                if (attempts.incrementAndGet() == 1) {
                    throw new RejectedExecutionException("as the test wants it");
                }
                call.run();
            });
            try {
                delivery.text(ByteBuffer.wrap(Wire.utf8("lost")));
            } catch (RejectedExecutionException e) {
                delivery.close(CloseStatus.ABNORMAL);
            }
            connection.assertCalls("open", "close 1006");
        }
    }

    /** On loops with threads of their own, over sockets. */
    @Nested
    @Timeout(60)
    @ExtendWith(OutputCaptureExtension.class)
    class OfALoop {
        @AutoClose
        private final EventLoopGroup loops = new EventLoopGroup("node", 1, Duration.ofMillis(50), TestLoop.COMPRESSION);

        @AutoClose
        private final Sockets sockets = new Sockets(loops);

        private final EventLoop loop = loops.loops().getFirst();
        private final RecordingEndpoint endpoint = new RecordingEndpoint();

        private int keys() {
            return CompletableFuture.supplyAsync(
                            () -> (int) loop.selector().keys().stream()
                                    .filter(SelectionKey::isValid)
                                    .count(),
                            loop)
                    .join();
        }

        private void assertStillServes() throws IOException {
            endpoint.echo();
            Socket client = sockets.connect(endpoint, Execution.EVENT_LOOP);
            Sockets.send(client, Wire.text("still here"));
            assertThat(Sockets.receive(client, 1)).containsExactly("text still here");
        }

        @Test
        void aSocketWhoseTransportFailsBehindItsRegistrationIsClosed(CapturedOutput output) throws IOException {
            sockets.transports = channel -> selector -> {
                SocketTransport _ = new SocketTransport(channel, selector);
                throw ERROR;
            };
            Socket client = sockets.connect(endpoint, Execution.EVENT_LOOP);
            Sockets.send(client, Wire.text("hello?"));
            assertThat(endOf(client)).isTrue();
            Sockets.until(() -> sockets.registry.size() == 0);
            Sockets.until(() -> keys() == 0);

            sockets.transports = channel -> selector -> new SocketTransport(channel, selector);
            assertStillServes();
            assertThat(output).containsOnlyOnce("ERROR").contains("A connection could not be opened");
        }

        @Test
        void aSocketWithoutAConnectionIsClosed(CapturedOutput output) throws IOException {
            Socket client = sockets.connect(channel -> CompletableFuture.runAsync(
                            () -> {
                                try {
                                    channel.register(loop.selector(), SelectionKey.OP_READ);
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            },
                            loop)
                    .join());
            client.getOutputStream().write(1);
            assertThat(endOf(client)).isTrue();
            Sockets.until(() -> keys() == 0);
            assertStillServes();
            assertThat(output).containsOnlyOnce("a socket without a connection");
        }

        @Test
        void anInterruptThatIsLeftBehindDoesNotKeepItFromWaiting() {
            loop.execute(() -> Thread.currentThread().interrupt());
            await().until(() -> !CompletableFuture.supplyAsync(
                            () -> Thread.currentThread().isInterrupted(), loop)
                    .join()); // the first look may come in the same pass
        }

        @Test
        void ofWhichEveryPassFailsDoesNotTurnAndSaysSoOnce(CapturedOutput output) throws IOException {
            loop.selector().close();
            await().until(() -> loop.statistics().sinceTurn(System.nanoTime()) > 1_500_000_000L);
            assertThat(output).containsOnlyOnce("A pass of pushwire-loop-0 failed");
        }

        private static boolean endOf(Socket client) {
            try {
                return client.getInputStream().read() < 0;
            } catch (IOException e) {
                return e.getMessage().contains("reset");
            }
        }
    }
}
