package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.protocol.CloseStatus;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator sees and does, over real sockets and loops with threads of their own. */
@Timeout(60)
class ConnectionsTest {
    private static final ConnectionFilter ALL = new ConnectionFilter(null, null, null, Duration.ZERO, 0);

    private final EventLoopGroup loops = new EventLoopGroup("node", 3, Duration.ofMillis(50), TestLoop.COMPRESSION);
    private final Connections connections = new Connections(loops, Duration.ofSeconds(20));
    private final RecordingEndpoint endpoint = new RecordingEndpoint();

    @AutoClose
    private final Sockets sockets = new Sockets(loops);

    @AfterEach
    void close() throws IOException {
        sockets.close();
        Sockets.until(() -> sockets.registry.size() == 0);
        loops.close();
    }

    private List<Socket> connect(int count) throws IOException {
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(sockets.connect(endpoint, Execution.EVENT_LOOP));
        }
        Sockets.until(() -> total() == count);
        return clients;
    }

    private long total() {
        return connections.list(ALL, ConnectionOrder.AGE, 0, 1).total();
    }

    @Test
    void pagesAreInOrderAndShowEachConnectionOnce() throws IOException {
        connect(25);
        List<ConnectionInfo> seen = new ArrayList<>();
        for (int from = 0; from < 30; from += 10) {
            Connections.Page page = connections.list(ALL, ConnectionOrder.AGE, from, 10);
            assertThat(page.total()).isEqualTo(25);
            assertThat(page.silentLoops()).isEmpty();
            seen.addAll(page.connections());
        }
        assertThat(seen).extracting(ConnectionInfo::id).hasSize(25).doesNotHaveDuplicates();
        assertThat(seen).extracting(ConnectionInfo::loop).contains(0, 1, 2);
        assertThat(seen).allSatisfy(info -> {
            assertThat(info.endpoint()).isEqualTo("/test");
            assertThat(info.address()).isEqualTo("127.0.0.1");
            assertThat(info.open()).isTrue();
            assertThat(info.age()).isPositive();
        });
    }

    @Test
    void theFullestOutboxComesFirst() throws IOException {
        connect(5);
        List<ConnectionInfo> all =
                connections.list(ALL, ConnectionOrder.OUTBOX, 0, 5).connections();
        fill(all.get(3).id(), 90_000);
        fill(all.get(1).id(), 50_000);
        assertThat(connections.list(ALL, ConnectionOrder.OUTBOX, 0, 2).connections())
                .extracting(ConnectionInfo::id)
                .containsExactly(all.get(3).id(), all.get(1).id());
        assertThat(connections
                        .list(
                                new ConnectionFilter(null, null, null, Duration.ZERO, 60_000),
                                ConnectionOrder.OUTBOX,
                                0,
                                9)
                        .connections())
                .extracting(ConnectionInfo::id)
                .containsExactly(all.get(3).id());
    }

    /** More than the system takes for a client that does not read. */
    private void fill(String id, long bytes) {
        String message = "x".repeat(10_000);
        Sockets.until(() -> {
            ConnectionInfo info = connections.find(id).orElseThrow();
            if (info.outboxBytes() >= bytes) {
                return true;
            }
            LoopAnswers.ask(loops.loops(), Duration.ofSeconds(20), loop -> {
                loop.connections().all().stream()
                        .filter(connection -> connection.session().id().equals(id))
                        .forEach(connection -> connection.session().send(message));
                return "";
            });
            return false;
        });
    }

    @Test
    void aFilterPicksByEndpointAddressAndAge() throws IOException {
        connect(2);
        assertThat(picked(new ConnectionFilter("/test", null, null, Duration.ZERO, 0)))
                .isEqualTo(2);
        assertThat(picked(new ConnectionFilter("/te*", "127.*", null, Duration.ZERO, 0)))
                .isEqualTo(2);
        assertThat(picked(new ConnectionFilter("/te", null, null, Duration.ZERO, 0)))
                .isZero();
        assertThat(picked(new ConnectionFilter(null, "10.*", null, Duration.ZERO, 0)))
                .isZero();
        assertThat(picked(new ConnectionFilter(null, null, null, Duration.ofHours(1), 0)))
                .isZero();
    }

    private long picked(ConnectionFilter filter) {
        return connections.list(filter, ConnectionOrder.IDLE, 0, 10).total();
    }

    @Test
    void oneIsFoundAndClosedById() throws IOException {
        List<Socket> clients = connect(1);
        ConnectionInfo first =
                connections.list(ALL, ConnectionOrder.AGE, 0, 1).connections().getFirst();
        assertThat(connections.find(first.id())).map(ConnectionInfo::id).contains(first.id());
        assertThat(connections.find("zzzzzz")).isEmpty();
        assertThat(connections.find("no number!")).isEmpty();

        assertThat(connections.close(first.id(), new CloseStatus(4000, "bye")).count())
                .isEqualTo(1);
        assertThat(Sockets.receive(clients.getFirst(), 1)).containsExactly("close 4000 bye");
        assertThat(connections.find(first.id())).map(ConnectionInfo::open).contains(false);
        assertThat(connections.close(first.id(), new CloseStatus(4000)).count()).isZero();
    }

    @Test
    void allThatAFilterPicksAreClosed() throws IOException {
        List<Socket> clients = connect(10);
        Connections.Closed closed =
                connections.close(new ConnectionFilter("/test", null, null, Duration.ZERO, 0), new CloseStatus(1012));
        assertThat(closed).isEqualTo(new Connections.Closed(10, List.of()));
        for (Socket client : clients) {
            assertThat(Sockets.receive(client, 1)).containsExactly("close 1012");
        }
    }

    @Test
    void aLoopThatDoesNotAnswerIsNamedAndLeftOut() throws Exception {
        connect(6);
        List<ConnectionInfo> all =
                connections.list(ALL, ConnectionOrder.AGE, 0, 10).connections();
        int onStuckLoop = (int) all.stream().filter(info -> info.loop() == 1).count();
        CountDownLatch stuck = new CountDownLatch(1);
        loops.loops().get(1).execute(() -> await(stuck));
        try {
            Connections impatient = new Connections(loops, Duration.ofMillis(100));
            Connections.Page page = impatient.list(ALL, ConnectionOrder.AGE, 0, 10);
            assertThat(page.silentLoops()).containsExactly(1);
            assertThat(page.connections()).hasSize(6 - onStuckLoop).noneMatch(info -> info.loop() == 1);
            assertThat(impatient.close(ALL, new CloseStatus(1012)))
                    .isEqualTo(new Connections.Closed(6 - onStuckLoop, List.of(1)));
        } finally {
            stuck.countDown();
        }
        // What it was asked too late for is not done later either.
        assertThat(connections.list(ALL, ConnectionOrder.AGE, 0, 10).connections())
                .filteredOn(info -> info.loop() == 1)
                .hasSize(onStuckLoop)
                .allMatch(ConnectionInfo::open);
    }

    @Test
    void thereIsAGoodbyeForEachConnection() throws IOException {
        List<Socket> clients = connect(4);
        List<Runnable> goodbyes = connections.goodbyes();
        assertThat(goodbyes).hasSize(4);
        goodbyes.forEach(Runnable::run);
        for (Socket client : clients) {
            assertThat(Sockets.receive(client, 1)).containsExactly("close 1001 the server is about to stop");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
