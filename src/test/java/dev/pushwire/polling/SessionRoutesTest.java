package dev.pushwire.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.AskFailedException;
import dev.pushwire.broker.AskFailedException.Reason;
import dev.pushwire.broker.ClusterAnswers;
import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.QuestionHandlers;
import dev.pushwire.polling.SessionAnswer.Batch;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionRequest.Carry;
import dev.pushwire.polling.SessionRequest.Carry.Step;
import dev.pushwire.polling.SessionRequest.End;
import dev.pushwire.polling.SessionRequest.Poll;
import dev.pushwire.polling.SessionRequest.Post;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests on their way to the node that has their session, which is the other one here. */
class SessionRoutesTest {
    private static final NodeName HERE = new NodeName("here");
    private static final NodeName THERE = new NodeName("there");

    private final SessionId id = SessionId.random(THERE);
    private final List<SessionRequest> asked = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();
    private final QuestionHandlers there = new QuestionHandlers();
    private CompletableFuture<SessionAnswer> answer = CompletableFuture.completedFuture(new Done());
    private Reason failure;

    private final SessionRoutes routes = new SessionRoutes(HERE, new Bus(HERE), "sessions", (one, request) -> {
        throw new AssertionError("No session of this node was asked for");
    });

    SessionRoutesTest() {
        new SessionRoutes(THERE, new Bus(THERE), "sessions", (one, request) -> {
            assertThat(one).isEqualTo(id);
            asked.add(request);
            return answer;
        });
    }

    /** What one node asks reaches the other at once. */
    private final class Bus implements ClusterBus {
        private final NodeName self;

        Bus(NodeName self) {
            this.self = self;
        }

        @Override
        public CompletableFuture<byte[]> ask(NodeName node, String address, byte[] question, Duration patience) {
            questions.add(node + " " + patience);
            return failure == null
                    ? there.ask(address, question, patience)
                    : CompletableFuture.failedFuture(new AskFailedException(failure, "planned"));
        }

        @Override
        public void answer(String address, dev.pushwire.broker.QuestionHandler handler) {
            if (self.equals(THERE)) {
                there.add(address, handler);
            }
        }

        @Override
        public ClusterAnswers broadcast(String key, String notice, Duration patience) {
            throw new AssertionError("No request is for all nodes");
        }

        @Override
        public ClusterAnswers request(String question, Duration patience) {
            throw new AssertionError("No request is for all nodes");
        }

        @Override
        public ClusterAnswers request(NodeName node, String question, Duration patience) {
            throw new AssertionError("These answers may be large");
        }

        @Override
        public void keep(Map<String, byte[]> things, Duration life) {
            throw new AssertionError("Sessions end with their node");
        }

        @Override
        public byte[] take(String key) {
            throw new AssertionError("Sessions end with their node");
        }
    }

    @Test
    void allRequestsArriveAsTheyAre() {
        byte[] body = {1, 2, 3};
        assertThat(routes.answer(id, new Post("ann", 7, body, Duration.ofSeconds(30)))
                        .join())
                .isEqualTo(new Done());
        assertThat(routes.answer(id, new Poll(null, 3, Duration.ofSeconds(25))).join())
                .isEqualTo(new Done());
        assertThat(routes.answer(id, new End("Zoë")).join()).isEqualTo(new Done());
        assertThat(routes.answer(id, new Carry("ann", "here-7", Step.TAKE)).join())
                .isEqualTo(new Done());
        assertThat(asked.getFirst()).isInstanceOfSatisfying(Post.class, post -> {
            assertThat(post.principal()).isEqualTo("ann");
            assertThat(post.number()).isEqualTo(7);
            assertThat(post.body()).isEqualTo(body);
        });
        assertThat(asked.get(1)).isEqualTo(new Poll(null, 3, Duration.ofSeconds(25)));
        assertThat(asked.get(2)).isEqualTo(new End("Zoë"));
        assertThat(asked.get(3)).isEqualTo(new Carry("ann", "here-7", Step.TAKE));
        assertThat(questions).containsExactly("there PT40S", "there PT35S", "there PT10S", "there PT10S");
    }

    @ParameterizedTest
    @EnumSource(Refused.class)
    void refusalsComeBackAsTheyAre(Refused refused) {
        answer = CompletableFuture.completedFuture(refused);
        assertThat(routes.answer(id, new End(null)).join()).isEqualTo(refused);
    }

    @Test
    void aBatchOfAnySizeComesWhole() {
        for (int size : new int[] {0, 1, RequestCodec.PIECE, RequestCodec.PIECE + 1, 3 * RequestCodec.PIECE + 7}) {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            answer = CompletableFuture.completedFuture(new Batch(content));
            assertThat(routes.answer(id, new Poll(null, 0, Duration.ZERO)).join())
                    .isInstanceOfSatisfying(
                            Batch.class, batch -> assertThat(batch.content()).isEqualTo(content));
        }
        assertThat(asked).hasSize(5); // whatever the number of pieces, it is collected once
        assertThat(questions).hasSize(1 + 1 + 1 + 2 + 4);
    }

    @Test
    void aRequestThatNobodyWaitsForIsCancelledThere() {
        answer = new CompletableFuture<>();
        CompletableFuture<SessionAnswer> waiting = routes.answer(id, new Poll(null, 0, Duration.ofSeconds(25)));
        assertThat(waiting).isNotDone();
        waiting.cancel(false);
        assertThat(answer).isCancelled();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aNodeThatIsGoneHasNoSessionsAndOneThatIsSilentMay(Reason reason) {
        failure = reason;
        assertThat(routes.answer(id, new End(null)).join())
                .isEqualTo(reason == Reason.UNREACHABLE ? Refused.UNKNOWN : Refused.UNREACHABLE);
    }
}
