package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pushwire.access.Tickets.TooManyTicketsException;
import dev.pushwire.broker.AskFailedException;
import dev.pushwire.broker.ClusterAnswers;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.QuestionHandler;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private final Network network = new Network();
    private long now = 17;
    private final Tickets one = node("one");
    private final Tickets other = node("other");

    private Tickets node(String name) {
        NodeName self = new NodeName(name);
        return new Tickets(self, network.busOf(self), () -> now);
    }

    private static void assertRefused(Tickets by, String ticket, Refusal why) {
        TokenRefusedException refused = catchThrowableOfType(TokenRefusedException.class, () -> by.redeem(ticket));
        assertThat(refused.refusal()).isEqualTo(why);
        assertThat(refused.reason()).startsWith("The ticket ").doesNotContain("one-", "gone-");
    }

    @Test
    void aTicketIsGoodOnceOnTheNodeThatGaveIt() throws Exception {
        String ticket = one.issue("token", "ada");
        assertThat(ticket).doesNotContain("token").matches("one-[0-9a-f]{48}");
        assertThat(one.redeem(ticket)).isEqualTo("token");
        assertRefused(one, ticket, Refusal.INVALID);
    }

    @Test
    void toLookAtATicketDoesNotUseItUp() throws Exception {
        String ticket = one.issue("token", "ada");
        for (Tickets node : List.of(one, other, one)) {
            assertThat(node.look(ticket)).isEqualTo("token");
        }
        assertThat(one.size()).isOne();
        assertThat(other.redeem(ticket)).isEqualTo("token");
        for (Tickets node : List.of(one, other)) {
            assertThat(catchThrowableOfType(TokenRefusedException.class, () -> node.look(ticket))
                            .refusal())
                    .isEqualTo(Refusal.INVALID);
        }
    }

    @Test
    void andOnceOnAnyOther() throws Exception {
        String ticket = one.issue("token", "ada");
        assertThat(other.redeem(ticket)).isEqualTo("token");
        assertRefused(other, ticket, Refusal.INVALID);
        assertRefused(one, ticket, Refusal.INVALID);
    }

    @Test
    void aTicketIsGoodForHalfAMinute() throws Exception {
        String ticket = one.issue("token", "ada");
        String later = one.issue("token", "ada");
        now += Tickets.LIFE.toNanos() - 1;
        assertThat(one.redeem(ticket)).isEqualTo("token");
        now++;
        assertRefused(one, later, Refusal.INVALID);
        assertThat(one.size()).isZero();
    }

    @Test
    void whatIsNoTicketIsNotAskedAbout() throws Exception {
        one.issue("token", "ada");
        network.asked.clear();
        for (String ticket : List.of("", "-", "one", "one-", "one-" + "0".repeat(47), "o*e-" + "0".repeat(48))) {
            assertRefused(other, ticket, Refusal.INVALID);
        }
        assertThat(network.asked).isEmpty();
    }

    @Test
    void aNodeThatIsGoneHasTakenItsTicketsAlong() {
        assertRefused(one, "gone-" + "0".repeat(48), Refusal.INVALID);
    }

    @Test
    void aTicketThatCannotBeCheckedIsNotCalledBad() throws Exception {
        String ticket = one.issue("token", "ada");
        network.failure = AskFailedException.Reason.UNAVAILABLE;
        assertRefused(other, ticket, Refusal.UNAVAILABLE);
    }

    /** It can be redeemed there, and not looked at. */
    @Test
    void aTicketOfANodeOfAnEarlierVersionIsNotCalledBad() throws Exception {
        String ticket = one.issue("token", "ada");
        network.failure = AskFailedException.Reason.FAILED;
        assertThat(catchThrowableOfType(TokenRefusedException.class, () -> other.look(ticket))
                        .refusal())
                .isEqualTo(Refusal.UNAVAILABLE);
    }

    @Test
    void onePrincipalHasSoManyAndKeepsNobodyElseFromAny() throws Exception {
        List<String> tickets = new ArrayList<>();
        for (int i = 0; i < Tickets.MOST_OF_PRINCIPAL; i++) {
            tickets.add(one.issue("token", "ada"));
        }
        assertThatExceptionOfType(TooManyTicketsException.class).isThrownBy(() -> one.issue("token", "ada"));
        assertThat(one.redeem(one.issue("token", "bob"))).isEqualTo("token");
        one.redeem(tickets.getFirst());
        one.issue("token", "ada");
        now += Tickets.LIFE.toNanos();
        assertThat(one.redeem(one.issue("token", "ada"))).isEqualTo("token");
    }

    @Test
    void allTogetherTakeSoMuchMemory() throws Exception {
        String large = "x".repeat(Tickets.MOST_BYTES / 10);
        for (int i = 0; i < 10; i++) {
            one.issue(large, "user" + i);
        }
        assertThatExceptionOfType(TooManyTicketsException.class).isThrownBy(() -> one.issue(large, "ada"));
        now += Tickets.LIFE.toNanos();
        one.issue(large, "ada");
    }

    /** Nodes that reach each other at once. */
    private static final class Network {
        private final Map<String, QuestionHandler> handlers = new HashMap<>(); // by node and address
        private final List<NodeName> asked = new ArrayList<>();
        private AskFailedException.Reason failure = AskFailedException.Reason.UNREACHABLE;

        ClusterBus busOf(NodeName self) {
            return new ClusterBus() {
                @Override
                public CompletableFuture<byte[]> ask(
                        NodeName node, String address, byte[] question, Duration patience) {
                    asked.add(node);
                    QuestionHandler handler = handlers.get(node + " " + address);
                    return handler != null && failure == AskFailedException.Reason.UNREACHABLE
                            ? handler.answer(question)
                            : CompletableFuture.failedFuture(new AskFailedException(failure, "as the test has it"));
                }

                @Override
                public void answer(String address, QuestionHandler handler) {
                    handlers.put(self + " " + address, handler);
                }

                @Override
                public ClusterAnswers broadcast(String key, String notice, Duration patience) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public ClusterAnswers request(String question, Duration patience) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public ClusterAnswers request(NodeName node, String question, Duration patience) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void keep(Map<String, byte[]> things, Duration life) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public byte[] take(String key) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }
}
