package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pushwire.broker.RecordingNode;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import dev.pushwire.redis.RedisClusterBus;
import dev.pushwire.redis.RedisServer;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that ask each other for tickets through a real Redis. */
@Timeout(60)
class TicketsOverRedisTest {
    @TempDir
    private Path folder;

    private RedisServer redis;
    private RedisClient client;
    private Node one;
    private Node other;

    private record Node(RedisClusterBus bus, Tickets tickets) {
        static Node of(RedisClient client) {
            RecordingNode self = new RecordingNode();
            RedisClusterBus bus =
                    new RedisClusterBus(client, self.name(), self, Duration.ofMinutes(1), Duration.ofSeconds(2));
            return new Node(bus, new Tickets(self.name(), bus, System::nanoTime));
        }

        /** The token, or why there is none. */
        String redeem(String ticket) {
            try {
                return tickets.redeem(ticket);
            } catch (TokenRefusedException e) {
                return e.refusal().name();
            }
        }
    }

    @BeforeEach
    void start() {
        redis = RedisServer.start(folder, "--appendonly", "no");
        client = redis.client();
        one = Node.of(client);
        other = Node.of(client);
    }

    @AfterEach
    void stop() {
        one.bus().close();
        other.bus().close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        redis.close();
    }

    @Test
    void aTicketIsGoodOnAnyNode() throws Exception {
        String longest = "x".repeat(8192);
        String ticket = one.tickets().issue(longest, "ada");
        assertThat(other.redeem(ticket)).isEqualTo(longest);
        for (Node node : List.of(one, other)) {
            assertThat(node.redeem(ticket)).isEqualTo(Refusal.INVALID.name());
        }
        assertThat(one.tickets().size()).isZero();
    }

    /** Whichever node is the first. */
    @Test
    void andGoodOnceHoweverManyNodesAreShownItAtATime() throws Exception {
        Map<String, List<CompletableFuture<String>>> redeemed = new HashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                String ticket = (i % 2 == 0 ? one : other).tickets().issue("token " + i, "ada");
                List<CompletableFuture<String>> answers = new ArrayList<>();
                for (Node node : List.of(one, other, one, other)) {
                    answers.add(CompletableFuture.supplyAsync(() -> node.redeem(ticket), threads));
                }
                redeemed.put("token " + i, answers);
            }
        }
        redeemed.forEach((token, answers) -> assertThat(answers.stream().map(CompletableFuture::join))
                .containsExactlyInAnyOrder(
                        token, Refusal.INVALID.name(), Refusal.INVALID.name(), Refusal.INVALID.name()));
    }

    @Test
    void aNodeThatIsGoneHasTakenItsTicketsAlong() throws Exception {
        String ticket = one.tickets().issue("token", "ada");
        one.bus().close();
        assertThat(other.redeem(ticket)).isEqualTo(Refusal.INVALID.name());
    }

    @Test
    void aTicketThatCannotBeCheckedIsNotCalledBad() throws Exception {
        String ticket = one.tickets().issue("token", "ada");
        redis.kill();
        TokenRefusedException refused = catchThrowableOfType(
                TokenRefusedException.class, () -> other.tickets().redeem(ticket));
        assertThat(refused.refusal()).isEqualTo(Refusal.UNAVAILABLE);
        assertThat(one.redeem(ticket)).isEqualTo("token");
    }
}
