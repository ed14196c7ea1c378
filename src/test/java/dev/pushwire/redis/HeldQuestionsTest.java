package dev.pushwire.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.redis.NodeMessage.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HeldQuestionsTest {
    private static final Sender ASKED = new Sender("other", 7);

    private final HeldQuestions held = new HeldQuestions(Duration.ofMinutes(1));
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

    /** Else a node that says at that moment that it waits would be told that the question got lost. */
    @Test
    void aQuestionIsThereUntilItsAnswerIsOnItsWay() {
        held.add(ASKED, answer);
        List<Boolean> known = new ArrayList<>();
        held.answered(ASKED, () -> known.add(held.renew(ASKED)));
        assertThat(known).containsExactly(true);
        assertThat(held.renew(ASKED)).isFalse();
    }

    @Test
    void nobodyIsToldTheAnswerToWhatWasCancelled() {
        held.add(ASKED, answer);
        held.cancel(ASKED);
        assertThat(answer).isCancelled();
        held.answered(ASKED, () -> {
            throw new AssertionError("nobody waits");
        });
    }
}
