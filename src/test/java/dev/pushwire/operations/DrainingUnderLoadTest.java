package dev.pushwire.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.pushwire.connection.ConnectionRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The service is stopped while publishers publish, and everything is looked at from outside: what each client heard and
 * when it was asked to leave, what the publisher was told, and what health and new clients are answered meanwhile.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainingUnderLoadTest {
    private static final int CLIENTS = 300;
    private static final Duration WINDOW = Duration.ofSeconds(4);
    /** What a message and a Close may take from the server to a client on a busy machine. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

    private final List<Client> clients = new ArrayList<>();
    private final List<Publication> publications = new ArrayList<>();
    private HttpResponse<String> readiness;
    private HttpResponse<String> liveness;
    private String handshake;
    private double openMeanwhile;
    private long stopped;
    private long ended;

    /** What the publisher was told, and when; its number is its place in the list. */
    private record Publication(long answeredAt, int subscribers) {}

    @BeforeAll
    void stopUnderLoad() {
        Service service = Service.start(
                "management.server.port=0",
                "pushwire.drain.window=" + WINDOW.toMillis() + "ms",
                "spring.lifecycle.timeout-per-shutdown-phase=1s", // shorter than the window: it does not matter
                "pushwire.websocket.event-loops=2");
        int port = service.port();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(service.connect("/topics/news"));
        }
        ConnectionRegistry registry = service.bean(ConnectionRegistry.class);
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publishUntilAllHaveLeft(port));
        await().until(() -> clients.getLast().messages().size() > 10);

        stopped = System.nanoTime();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(service::close);
        await().until(registry::draining);
        readiness = Service.get(service.managementPort(), "/actuator/health/readiness");
        liveness = Service.get(service.managementPort(), "/actuator/health/liveness");
        handshake = new RawHandshake().refusedBy(port, "/topics/news");
        openMeanwhile =
                service.sample("websocket_connections_active{endpoint=\"/topics/{topic}\",transport=\"websocket\"}");
        publishing.join();
        stopping.join();
        ended = System.nanoTime();
    }

    private void publishUntilAllHaveLeft(int port) {
        while (clients.stream().anyMatch(Client::isOpen)) {
            HttpResponse<String> answer = Service.publish(port, "news", Integer.toString(publications.size()));
            if (answer.statusCode() == 202) {
                publications.add(new Publication(System.nanoTime(), JsonPath.read(answer.body(), "$.subscribers")));
            }
        }
    }

    @AfterAll
    void report() {
        List<Long> times = closeTimes();
        System.out.printf(
                "%d clients left between %d and %d ms, %.3f off an even pace at most, while %d messages were published:"
                        + " %d deliveries counted, %d heard; over after %d ms%n",
                CLIENTS,
                Duration.ofNanos(times.getFirst()).toMillis(),
                Duration.ofNanos(times.getLast()).toMillis(),
                distanceFromEven(times),
                publications.size(),
                publications.stream().mapToInt(Publication::subscribers).sum(),
                clients.stream().mapToInt(client -> client.messages().size()).sum(),
                Duration.ofNanos(ended - stopped).toMillis());
    }

    private List<Long> closeTimes() {
        return clients.stream()
                .map(client -> client.closedAt() - stopped)
                .sorted()
                .toList();
    }

    @Test
    void everyClientIsAskedToLeave() {
        assertThat(clients).extracting(Client::closeCode).containsOnly(1001);
    }

    @Test
    void eachHearsAllMessagesUpToItsCloseWithoutAGap() {
        assertThat(publications).hasSizeGreaterThan(50);
        assertThat(clients).allSatisfy(client -> {
            List<String> heard = client.messages();
            int last = Integer.parseInt(heard.getLast());
            assertThat(heard)
                    .isEqualTo(IntStream.rangeClosed(0, last)
                            .mapToObj(Integer::toString)
                            .toList());
            long surelyBefore = client.closedAt() - ON_THE_WAY.toNanos();
            long accepted = publications.stream()
                    .filter(publication -> publication.answeredAt < surelyBefore)
                    .count();
            assertThat(heard).hasSizeGreaterThanOrEqualTo((int) accepted);
        });
    }

    /**
     * The sum of the publisher's answers is what the clients have received. A client that does not get a message is not
     * counted.
     */
    @Test
    void noClientCountsThatDoesNotHearIt() {
        assertThat(clients.stream().mapToInt(client -> client.messages().size()).sum())
                .isGreaterThanOrEqualTo(
                        publications.stream().mapToInt(Publication::subscribers).sum());
    }

    @Test
    void messagesAcceptedMeanwhileReachThoseWhoAreStillThere() {
        assertThat(publications)
                .filteredOn(publication -> publication.answeredAt > stopped)
                .filteredOn(publication -> publication.subscribers > 0 && publication.subscribers < CLIENTS)
                .hasSizeGreaterThan(10);
    }

    /**
     * The Kolmogorov-Smirnov distance: the largest difference between the share of clients that have left and the share
     * of time.
     */
    @Test
    void theyLeaveAtAnEvenPace() {
        List<Long> times = closeTimes();
        assertThat(distanceFromEven(times)).isLessThan(0.15);
        long bucket = WINDOW.toNanos() / 8;
        for (int i = 0; i < 8; i++) {
            long from = i * bucket;
            assertThat(times)
                    .filteredOn(time -> time >= from && time < from + bucket)
                    .as("those who leave in part %d of 8", i + 1)
                    .hasSizeBetween(CLIENTS / 8 / 2, CLIENTS / 8 * 2);
        }
    }

    private static double distanceFromEven(List<Long> times) {
        double most = 0;
        for (int i = 0; i < times.size(); i++) {
            double even = (double) times.get(i) / WINDOW.toNanos();
            most = Math.max(most, Math.abs((i + 0.5) / times.size() - even));
        }
        return most;
    }

    @Test
    void itIsOverSoonAfterTheWindow() {
        assertThat(Duration.ofNanos(ended - stopped)).isBetween(WINDOW.minusMillis(500), WINDOW.plusSeconds(5));
    }

    @Test
    void theServiceIsAliveButNotReadyMeanwhile() {
        assertThat(readiness.statusCode()).isEqualTo(503);
        assertThat(readiness.body()).contains("OUT_OF_SERVICE", "draining");
        assertThat(liveness.statusCode()).isEqualTo(200);
        assertThat(openMeanwhile).isPositive();
    }

    @Test
    void newClientsAreSentElsewhere() {
        assertThat(handshake)
                .startsWith("HTTP/1.1 503 ")
                .contains("Retry-After: 1")
                .containsIgnoringCase("Connection: close");
    }
}
