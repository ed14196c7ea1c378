package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all {@link ClusterBus} guarantee. */
public abstract class ClusterBusContract {
    protected static final Duration RETENTION = Duration.ofSeconds(3);
    protected static final int MOST = 150;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** One for each node of a service, which lives for this test only. */
    protected abstract List<RecordingNode> listeners();

    /** Those that speak for each of them. */
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
