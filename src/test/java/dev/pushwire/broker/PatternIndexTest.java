package dev.pushwire.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternIndexTest {
    private final PatternIndex<String> index = new PatternIndex<>();

    private void put(String pattern) {
        index.compute(new TopicPattern(pattern), before -> pattern);
    }

    private void remove(String pattern) {
        index.compute(new TopicPattern(pattern), before -> null);
    }

    private List<String> matching(String topic) {
        return index.matching(new TopicName(topic));
    }

    @Test
    void anEmptyOneMatchesNothing() {
        assertThat(index.isEmpty()).isTrue();
        assertThat(matching("news")).isEmpty();
    }

    @Test
    void findsWhatMatches() {
        List.of("news", "news.*", "news.>", ">", "*", "*.*", "*.sports", "news.sports", "news.sports.*", "other.>")
                .forEach(this::put);
        assertThat(matching("news.sports"))
                .containsExactlyInAnyOrder("news.*", "news.>", ">", "*.*", "*.sports", "news.sports");
        assertThat(matching("news")).containsExactlyInAnyOrder("news", ">", "*");
        assertThat(matching("news.sports.chess")).containsExactlyInAnyOrder("news.>", ">", "news.sports.*");
        assertThat(matching("newsy.sports")).containsExactlyInAnyOrder(">", "*.*", "*.sports");
    }

    @Test
    void aValueIsChangedInItsPlace() {
        TopicPattern pattern = new TopicPattern("a.*");
        index.compute(pattern, before -> before + "1");
        assertThat(matching("a.b")).containsExactly("null1");
        index.compute(pattern, before -> before + "2");
        assertThat(matching("a.b")).containsExactly("null12");
        assertThat(index.size()).isOne();
        index.compute(pattern, before -> null);
        index.compute(pattern, before -> null);
        assertThat(matching("a.b")).isEmpty();
        assertThat(index.isEmpty()).isTrue();
    }

    /** Uses few different parts, so that patterns have common beginnings, and labels are split and joined. */
    private static String random(Random random, boolean wildcards) {
        int parts = 1 + random.nextInt(6);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            int choice = random.nextInt(wildcards ? 6 : 3);
            boolean last = i == parts - 1;
            all.add(choice < 3 ? List.of("a", "b", "ab").get(choice) : last && choice == 3 ? ">" : "*");
        }
        return String.join(".", all);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithEachPatternByItself(long seed) {
        Random random = new Random(seed);
        Map<TopicPattern, String> all = new HashMap<>();
        for (int round = 0; round < 4_000; round++) {
            TopicPattern pattern = new TopicPattern(random(random, true));
            String value = random.nextInt(5) < (round < 2_000 ? 3 : 1) ? "" + round : null;
            index.compute(pattern, before -> {
                assertThat(before).isEqualTo(all.get(pattern));
                return value;
            });
            if (value == null) {
                all.remove(pattern);
            } else {
                all.put(pattern, value);
            }
            TopicName topic = new TopicName(random(random, false));
            List<String> expected = all.entrySet().stream()
                    .filter(entry -> entry.getKey().matches(topic))
                    .map(Map.Entry::getValue)
                    .toList();
            assertThat(index.matching(topic)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(index.size()).isEqualTo(all.size());
        }
        all.keySet().forEach(pattern -> index.compute(pattern, before -> null));
        assertThat(index.isEmpty()).isTrue();
        assertThat(matching("a.b.a")).isEmpty();
    }

    /** One of the ways to write {@code a.a.a} with wildcards. The last one has none. */
    private static String way(int number, int parts) {
        return IntStream.range(0, parts)
                .mapToObj(part -> (number >> part & 1) == 0 ? "*" : "a")
                .collect(Collectors.joining("."));
    }

    /** All 65,536 ways to put wildcards. Each matches the beginning of the topic, and none matches the topic. */
    @Test
    void aSearchVisitsWhatIsThereOnceAndNotEveryWayToGetThere() {
        int parts = 16;
        for (int ways = 0; ways < 1 << parts; ways++) {
            put(way(ways, parts) + ".end");
        }
        String longest = String.join(".", Collections.nCopies(64, "*"));
        put(longest);
        assertThat(matching(String.join(".", Collections.nCopies(17, "a")))).isEmpty();
        assertThat(matching(longest.replace('*', 'a'))).containsExactly(longest);
    }

    @Test
    void anAnswerHoldsUntilAPatternChangesThatMayMatchIt() {
        TopicName topic = new TopicName("news.sports");
        put("news.*");
        PatternIndex.Answer<String> answer = index.answer(topic, null);
        for (int i = 0; i < 1000; i++) {
            put("user.*." + i);
            remove("user.*." + (i - 10));
        }
        assertThat(index.answer(topic, answer)).isSameAs(answer);
        put("news.>");
        assertThat(index.answer(topic, answer).values()).containsExactlyInAnyOrder("news.*", "news.>");
        assertThat(matching("news.sports")).containsExactlyInAnyOrder("news.*", "news.>");
        put("*.sports");
        assertThat(matching("news.sports")).containsExactlyInAnyOrder("news.*", "news.>", "*.sports");
        remove("news.*");
        assertThat(matching("news.sports")).containsExactlyInAnyOrder("news.>", "*.sports");
    }

    @Test
    void aLargeAnswerIsNotWorthKeeping() {
        int parts = 7;
        for (int ways = 0; ways < 1 << parts; ways++) {
            put(way(ways, parts));
        }
        TopicName topic = new TopicName(way((1 << parts) - 1, parts));
        assertThat(index.answer(topic, null).isWorthKeeping()).isFalse();
        assertThat(index.matching(topic)).hasSize(1 << parts);
        assertThat(index.answer(new TopicName("b.c"), null).isWorthKeeping()).isTrue();
    }

    @Test
    void aPatternThatStaysIsFoundWhileOthersComeAndGo() throws InterruptedException {
        put("a.b.*.d");
        CountDownLatch begun = new CountDownLatch(1);
        Thread changing = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 5_000; i++) {
                List<String> others = List.of("a.b.*.e", "a.>", "a.b.*.d.f", "a.b", "*.b");
                others.forEach(this::put);
                begun.countDown();
                others.forEach(this::remove);
            }
        });
        begun.await();
        TopicName topic = new TopicName("a.b.c.d");
        while (changing.isAlive()) {
            assertThat(index.matching(topic)).contains("a.b.*.d");
        }
        changing.join();
        assertThat(index.matching(topic)).containsExactly("a.b.*.d");
    }
}
