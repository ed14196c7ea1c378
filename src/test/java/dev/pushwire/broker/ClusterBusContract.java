package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link ClusterBus} guarantees. */
public abstract class ClusterBusContract {
    protected static final Duration RETENTION = Duration.ofSeconds(3);
    protected static final int MOST = 150;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A listener for each node of a service that lives only for this test. */
    protected abstract List<RecordingNode> listeners();

    /** The bus of each node. */
    protected abstract List<ClusterBus> nodes();

    /** Lets time pass. */
    protected abstract void pass(Duration time);

    /** How many notices are kept, as a node knows it. */
    protected abstract int kept();

    private List<String> answersTo(String question) {
        return listeners().stream().map(node -> node.answer(question)).toList();
    }

    private ClusterAnswers broadcast(int node, String text) {
        return nodes().get(node % nodes().size()).broadcast(text, text, PATIENCE);
    }

    @Test
    void eachNodeHearsEachNoticeOnceAndInOrder() {
        List<String> notices = new ArrayList<>(List.of("caught up"));
        for (int i = 0; i < 50; i++) {
            broadcast(i, "notice " + i);
            notices.add("notice " + i);
        }
        assertThat(listeners()).allSatisfy(node -> assertThat(node.told()).isEqualTo(notices));
    }

    @Test
    void noticesToldAtOnceAreInOneOrderForAll() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ClusterAnswers>> told = IntStream.range(0, 100)
                    .mapToObj(i -> threads.submit(() -> broadcast(i, "notice " + i)))
                    .toList();
            for (Future<ClusterAnswers> each : told) {
                assertThat(each.get().complete()).isTrue();
            }
        }
        List<String> first = listeners().getFirst().told();
        assertThat(first).hasSize(1 + 100).doesNotHaveDuplicates();
        assertThat(listeners()).allSatisfy(node -> assertThat(node.told()).isEqualTo(first));
    }

    @Test
    void whoTellsLearnsWhatTheNodesSayToIt() {
        ClusterAnswers answers = broadcast(0, "news äöü\n\"x\"");
        assertThat(answers.complete()).isTrue();
        assertThat(answers.answers()).containsExactlyInAnyOrderElementsOf(answersTo("news äöü\n\"x\""));
    }

    @Test
    void aNoticeThatANodeMakesNothingOfIsHeardAllTheSame() {
        ClusterAnswers answers = broadcast(0, RecordingNode.RIDDLE);
        assertThat(answers).isEqualTo(new ClusterAnswers(List.of(), false));
        assertThat(listeners()).allSatisfy(node -> assertThat(node.told()).contains(RecordingNode.RIDDLE));
    }

    @Test
    void allAreAsked() {
        for (ClusterBus node : nodes()) {
            ClusterAnswers answers = node.request("how are you?", PATIENCE);
            assertThat(answers.complete()).isTrue();
            assertThat(answers.answers()).containsExactlyInAnyOrderElementsOf(answersTo("how are you?"));
        }
        assertThat(listeners()).allSatisfy(node -> assertThat(node.told()).hasSize(1));
    }

    @Test
    void oneIsAsked() {
        for (RecordingNode wanted : listeners()) {
            ClusterAnswers answers = nodes().getFirst().request(wanted.name(), "how are you?", PATIENCE);
            assertThat(answers).isEqualTo(new ClusterAnswers(List.of(wanted.answer("how are you?")), true));
        }
        assertThat(nodes().getFirst().request(NodeName.random(), "who are you?", PATIENCE))
                .isEqualTo(new ClusterAnswers(List.of(), true));
    }

    @Test
    void whoDoesNotKnowWhatToSayIsNotWaitedFor() {
        long start = System.nanoTime();
        assertThat(nodes().getFirst().request(RecordingNode.RIDDLE, PATIENCE))
                .isEqualTo(new ClusterAnswers(List.of(), false));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
    }

    private NodeName name(int node) {
        return listeners().get(node).name();
    }

    private CompletableFuture<byte[]> ask(int node, String address, byte[] question) {
        return nodes().getFirst().ask(name(node), address, question, PATIENCE);
    }

    private static AskFailedException failure(CompletableFuture<byte[]> answer) {
        assertThat(answer).failsWithin(PATIENCE);
        return (AskFailedException) answer.exceptionNow();
    }

    private int last() {
        return nodes().size() - 1;
    }

    @Test
    void aQuestionIsBytesAndSoIsItsAnswer() {
        byte[] question = new byte[ClusterBus.MAX_QUESTION_SIZE];
        new Random(7).nextBytes(question);
        for (int i = 0; i < nodes().size(); i++) {
            byte suffix = (byte) i;
            nodes().get(i).answer("door", asked -> {
                byte[] answer = asked.clone();
                answer[0] = suffix;
                return CompletableFuture.completedFuture(answer);
            });
        }
        for (int i = 0; i < nodes().size(); i++) {
            byte[] expected = question.clone();
            expected[0] = (byte) i;
            assertThat(ask(i, "door", question)).succeedsWithin(PATIENCE).isEqualTo(expected);
        }
        nodes().get(last()).answer("empty", asked -> CompletableFuture.completedFuture(asked));
        assertThat(ask(last(), "empty", new byte[0])).succeedsWithin(PATIENCE).isEqualTo(new byte[0]);
    }

    @Test
    void whatOneThreadAsksComesInOrder() {
        List<Byte> came = new CopyOnWriteArrayList<>();
        nodes().get(last()).answer("door", question -> {
            came.add(question[0]);
            return CompletableFuture.completedFuture(question);
        });
        List<Byte> asked = new ArrayList<>();
        CompletableFuture<?>[] answers = new CompletableFuture<?>[100];
        for (byte i = 0; i < answers.length; i++) {
            answers[i] = ask(last(), "door", new byte[] {i});
            asked.add(i);
        }
        assertThat(CompletableFuture.allOf(answers)).succeedsWithin(PATIENCE);
        assertThat(came).isEqualTo(asked);
    }

    /** It takes longer than a node may be silent, and holds up no other question. */
    @Test
    void anAnswerMayTakeLong() {
        List<CompletableFuture<byte[]>> held = new CopyOnWriteArrayList<>();
        nodes().get(last()).answer("door", question -> {
            CompletableFuture<byte[]> later = new CompletableFuture<>();
            held.add(later);
            return later;
        });
        nodes().get(last()).answer("other", CompletableFuture::completedFuture);
        List<CompletableFuture<byte[]>> answers =
                List.of(ask(last(), "door", new byte[] {1}), ask(last(), "door", new byte[] {2}));
        await().atMost(PATIENCE).until(() -> held.size() == 2);
        pass(RETENTION);
        assertThat(ask(last(), "other", new byte[] {7}))
                .succeedsWithin(PATIENCE)
                .isEqualTo(new byte[] {7});
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        held.get(1).complete(new byte[] {4});
        held.get(0).complete(new byte[] {3});
        assertThat(answers.get(0)).succeedsWithin(PATIENCE).isEqualTo(new byte[] {3});
        assertThat(answers.get(1)).succeedsWithin(PATIENCE).isEqualTo(new byte[] {4});
    }

    @Test
    void aQuestionThatIsGivenUpIsCancelledThere() {
        List<CompletableFuture<byte[]>> held = new CopyOnWriteArrayList<>();
        nodes().get(last()).answer("door", question -> {
            CompletableFuture<byte[]> never = new CompletableFuture<>();
            held.add(never);
            return never;
        });
        CompletableFuture<byte[]> unwanted = ask(last(), "door", new byte[1]);
        await().atMost(PATIENCE).until(() -> held.size() == 1);
        assertThat(unwanted.cancel(false)).isTrue();
        await().atMost(PATIENCE).until(() -> held.getFirst().isCancelled());
        CompletableFuture<byte[]> late =
                nodes().getFirst().ask(name(last()), "door", new byte[1], Duration.ofMillis(300));
        assertThat(failure(late).reason()).isEqualTo(AskFailedException.Reason.LATE);
        await().atMost(PATIENCE).until(() -> held.size() == 2 && held.getLast().isCancelled());
    }

    @Test
    void aQuestionThatCannotBeAnsweredFailsAtOnce() {
        ClusterBus other = nodes().get(last());
        other.answer("silent", question -> CompletableFuture.failedFuture(new IllegalStateException("a secret")));
        other.answer("broken", question -> {
            throw new IllegalStateException("a secret");
        });
        other.answer(
                "boundless", question -> CompletableFuture.completedFuture(new byte[ClusterBus.MAX_QUESTION_SIZE + 1]));
        for (String address : List.of("silent", "broken", "boundless", "nobody")) {
            assertThat(failure(ask(last(), address, new byte[1])).reason()).isEqualTo(AskFailedException.Reason.FAILED);
        }
        CompletableFuture<byte[]> answer =
                nodes().getFirst().ask(NodeName.random(), "door", new byte[1], Duration.ofDays(1));
        assertThat(failure(answer).reason()).isEqualTo(AskFailedException.Reason.UNREACHABLE);
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        for (int i = 0; i < nodes().size(); i++) {
            int node = i;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ask(node, "door", new byte[ClusterBus.MAX_QUESTION_SIZE + 1]));
            assertThatIllegalArgumentException().isThrownBy(() -> ask(node, "no address", new byte[1]));
        }
        nodes().getFirst().answer("door", CompletableFuture::completedFuture);
        assertThatIllegalStateException()
                .isThrownBy(() -> nodes().getFirst().answer("door", CompletableFuture::completedFuture));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nodes().getFirst().answer("", CompletableFuture::completedFuture));
    }

    @Test
    void nodesKnowHowManyNoticesAreKept() {
        for (int i = 0; i < 3; i++) {
            nodes().getFirst().broadcast("key " + i, "notice", PATIENCE);
        }
        nodes().getFirst().broadcast("key 0", "again", PATIENCE);
        await().atMost(30, TimeUnit.SECONDS).until(() -> kept() == 3);
        pass(RETENTION);
        await().atMost(30, TimeUnit.SECONDS).until(() -> kept() == 0);
    }

    @Test
    void whenThereIsNoRoomNothingIsSaid() {
        for (int i = 0; i < MOST; i++) {
            nodes().getFirst().broadcast("key " + i, "notice", PATIENCE);
        }
        assertThatExceptionOfType(TooManyNoticesException.class)
                .isThrownBy(() -> nodes().getLast().broadcast("other", "one too many", PATIENCE));
        assertThat(listeners()).allSatisfy(node -> assertThat(node.told()).doesNotContain("one too many"));
        assertThat(nodes().getLast()
                        .broadcast("key 1", "another of the same key", PATIENCE)
                        .complete())
                .isTrue();
        pass(RETENTION);
        await().atMost(PATIENCE).untilAsserted(() -> broadcast(0, "room again"));
    }
}
