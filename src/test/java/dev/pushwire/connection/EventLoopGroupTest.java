package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.SessionGroup;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Several loops with threads of their own, over real sockets. */
@Timeout(60)
class EventLoopGroupTest {
    private static final int LOOPS = 3;

    private final EventLoopGroup loops = new EventLoopGroup("node", LOOPS, Duration.ofMillis(50), TestLoop.COMPRESSION);

    @AutoClose
    private final Sockets sockets = new Sockets(loops);

    private final RecordingEndpoint endpoint = new RecordingEndpoint();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    @AfterEach
    void everythingIsGivenBack() throws Exception {
        sockets.close();
        Sockets.until(() -> sockets.registry.size() == 0);
        loops.close();
        assertThat(loops.loops()).allMatch(loop -> loop.size() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void anEchoOfManyPiecesComesBackWhole(Execution execution) throws IOException {
        endpoint.echo();
        Socket client = sockets.connect(endpoint, execution);
        List<String> expected = new ArrayList<>();
        for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, 300_000, 1_000_000}) {
            Sockets.send(client, Wire.text("x".repeat(size)));
            expected.add(size <= 60 ? ("text " + "x".repeat(size)).strip() : "text of " + size);
            assertThat(Sockets.receive(client, 1)).containsExactly(expected.getLast());
        }
        assertThat(endpoint.messages()).hasSize(expected.size());
    }

    /** The client sends all it has before it reads anything: each side has to wait for the other, and nobody is cut off. */
    @Test
    void aPipelinedEchoIsHeldBackByTheClientThatDoesNotRead() throws Exception {
        endpoint.onOpen = (session, _) -> connections.add(((ConnectionSession) session).connection());
        endpoint.echo();
        Socket client = sockets.connect(endpoint, Execution.EVENT_LOOP);
        int count = 100; // more than the system takes on the way
        Thread sender = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < count; i++) {
                    Sockets.send(client, Wire.text("x".repeat(99_000)), Wire.text("" + i));
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        Sockets.until(() -> !endpoint.calls().isEmpty());
        Connection connection = connections.getFirst();
        Sockets.until(
                () -> CompletableFuture.supplyAsync(() -> !connection.out().hasRoomForReplies(), connection.loop())
                        .get());
        List<String> expected = IntStream.range(0, count)
                .boxed()
                .flatMap(i -> List.of("text of 99000", "text " + i).stream())
                .toList();
        assertThat(Sockets.receive(client, 2 * count)).isEqualTo(expected);
        sender.join();
    }

    @Test
    void theAnswerToTheHandshakeAndEarlyFramesComeFirst() throws IOException {
        endpoint.onOpen = (session, _) -> session.send("welcome");
        endpoint.echo();
        Socket client = sockets.connect(endpoint, Execution.EVENT_LOOP, Wire.text("early"));
        assertThat(new String(client.getInputStream().readNBytes(4), StandardCharsets.US_ASCII))
                .isEqualTo("101 ");
        assertThat(Sockets.receive(client, 2)).containsExactly("text welcome", "text early");
    }

    @Test
    void connectionsAreSpreadEvenly() throws IOException {
        for (int i = 0; i < 5 * LOOPS; i++) {
            sockets.connect(endpoint, Execution.EVENT_LOOP);
            int opened = i + 1;
            Sockets.until(() -> endpoint.calls().size() == opened);
        }
        assertThat(loops.loops()).allMatch(loop -> loop.size() == 5);
    }

    @Test
    void aPeerThatReadsOurCloseSeesAnOrderlyEnd() throws IOException {
        Socket client = sockets.connect(endpoint, Execution.EVENT_LOOP);
        Sockets.send(client, Wire.close(4000), new byte[100_000]);
        assertThat(Sockets.receiveAll(client)).containsExactly("close 4000");
        client.close();
        Sockets.until(() -> sockets.registry.size() == 0);
        assertThat(sockets.listener.calls()).containsExactly("opened /test", "closed /test PeerClosed 4000");
    }

    @Test
    void aReset() throws IOException {
        Socket client = sockets.connect(endpoint, Execution.EVENT_LOOP);
        Sockets.until(() -> !endpoint.calls().isEmpty());
        client.setSoLinger(true, 0);
        client.close();
        Sockets.until(endpoint::isTold);
        assertThat(endpoint.calls()).containsExactly("open", "close 1006");
    }

    @Test
    void theAddressIsStillKnownWhenItIsOver() throws IOException {
        Map<String, String> addresses = new ConcurrentHashMap<>();
        endpoint.onOpen = (session, _) -> addresses.put("onOpen", session.remoteAddress());
        endpoint.onClose = (session, _) -> addresses.put("onClose", session.remoteAddress());
        sockets.connect(endpoint, Execution.EVENT_LOOP).close();
        Sockets.until(endpoint::isTold);
        assertThat(addresses).isEqualTo(Map.of("onOpen", "127.0.0.1", "onClose", "127.0.0.1"));
    }

    @Test
    void aSocketThatIsGoneBeforeItOpensGivesItsPlaceBack() throws IOException {
        SocketChannel gone = SocketChannel.open();
        gone.close();
        sockets.open(gone, endpoint, Execution.EVENT_LOOP);
        Sockets.until(() -> sockets.registry.size() == 0);
        assertThat(endpoint.calls()).isEmpty();
        assertThat(sockets.listener.calls()).isEmpty();
    }

    @Test
    void aSocketThatCannotBeTakenIsClosedAndGivesItsPlaceBack() throws IOException {
        SocketChannel blocking = SocketChannel.open();
        sockets.registry.enter();
        EndpointBinding binding = new EndpointBinding(
                "/test",
                endpoint,
                Execution.EVENT_LOOP,
                false,
                RateLimit.NONE,
                0,
                TestConnection.LIMITS,
                sockets.registry,
                sockets.listener);
        ByteBuffer nothing = ByteBuffer.allocate(0);
        loops.open(
                blocking,
                selector -> new SocketTransport(blocking, selector),
                binding,
                TestConnection.PEER,
                null,
                nothing,
                nothing);
        Sockets.until(() -> sockets.registry.size() == 0);
        assertThat(blocking.isOpen()).isFalse();
    }

    @Test
    void aSocketThatComesWhenTheLoopsHaveEndedIsClosedAndGivesItsPlaceBack() throws IOException {
        loops.close();
        Socket late = sockets.connect(endpoint, Execution.EVENT_LOOP);
        assertThat(sockets.registry.size()).isZero();
        assertThat(late.getInputStream().read()).isEqualTo(-1);
        assertThat(endpoint.calls()).isEmpty();
        assertThat(sockets.listener.calls()).isEmpty();
    }

    @Test
    void aGroupReachesItsMembersOnEveryLoop() throws IOException {
        SessionGroup group = loops.create();
        endpoint.onOpen = (session, _) -> group.add(session);
        endpoint.onClose = (session, _) -> group.remove(session);
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 4 * LOOPS; i++) {
            clients.add(sockets.connect(endpoint, Execution.EVENT_LOOP));
        }
        Sockets.until(() -> group.size() == 4 * LOOPS);
        int messages = 500;
        for (int i = 0; i < messages; i++) {
            group.send(OutboundMessage.text("" + i));
        }
        for (Socket client : clients) {
            assertThat(Sockets.receive(client, messages))
                    .isEqualTo(IntStream.range(0, messages)
                            .mapToObj(i -> "text " + i)
                            .toList());
        }
        clients.removeFirst().close();
        Sockets.until(() -> group.size() == 4 * LOOPS - 1);
    }

    @Test
    void everybodyIsToldThatTheServerStops() throws IOException {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < 2 * LOOPS; i++) {
            clients.add(sockets.connect(endpoint, Execution.EVENT_LOOP));
        }
        Sockets.until(() -> endpoint.calls().size() == clients.size());
        loops.closeSessions();
        for (Socket client : clients) {
            assertThat(Sockets.receive(client, 1)).containsExactly("close 1001 the server is about to stop");
            Sockets.send(client, Wire.close(1001));
            assertThat(Sockets.receiveAll(client)).isEmpty();
            client.close();
        }
        Sockets.until(() -> sockets.registry.size() == 0);
    }

    @Test
    void aHandshakeThatWasUnderWayWhenAllWereClosedIsClosedToo() throws IOException {
        loops.closeSessions();
        Socket client = sockets.connect(endpoint, Execution.EVENT_LOOP);
        assertThat(Sockets.receive(client, 1)).containsExactly("close 1001 the server is about to stop");
    }

    @ParameterizedTest
    @EnumSource
    void stoppingEndsWhatIsLeftAndTellsItsEndpoint(Execution execution) throws Exception {
        Socket client = sockets.connect(endpoint, execution);
        Sockets.until(() -> !endpoint.calls().isEmpty());
        loops.close();
        assertThat(Sockets.receiveAll(client)).isEmpty();
        Sockets.until(endpoint::isTold);
        assertThat(endpoint.calls()).containsExactly("open", "close 1006");
        assertThat(sockets.registry.size()).isZero();
    }

    /** Both are ready in the same pass: the first one's message ends the second one, which was just reset. */
    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aConnectionThatIsClosedBeforeItsTurnIsNoError(CapturedOutput output) throws IOException {
        EventLoopGroup one = new EventLoopGroup("node", 1, Duration.ofMillis(50), TestLoop.COMPRESSION);
        endpoint.onOpen = (session, _) -> connections.add(((ConnectionSession) session).connection());
        endpoint.onText = (session, text) -> {
            if (text.toString().equals("hold")) {
                Thread.sleep(200);
            } else {
                connections.stream()
                        .filter(other -> other.session() != session)
                        .forEach(other -> other.end(new Ending.PeerVanished()));
            }
        };
        try (Sockets onOne = new Sockets(one)) {
            Socket holder = onOne.connect(endpoint, Execution.EVENT_LOOP);
            Socket first = onOne.connect(endpoint, Execution.EVENT_LOOP);
            Socket second = onOne.connect(endpoint, Execution.EVENT_LOOP);
            Sockets.until(() -> endpoint.calls().size() == 3);
            Sockets.send(holder, Wire.text("hold"));
            Sockets.until(() -> endpoint.messages().contains("text hold"));
            Sockets.send(first, Wire.text("bye"));
            second.setSoLinger(true, 0);
            second.close();
            Sockets.until(() -> one.loops().getFirst().size() == 1);
        }
        Sockets.until(() -> one.loops().getFirst().size() == 0);
        assertThat(output).doesNotContain("ERROR");
    }
}
