package dev.pushwire.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.push.Topics;
import dev.pushwire.service.RunningService;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ten thousand numbered messages over connections that break: each comes once, in order. */
class NumberedStreamsTest {
    private static final int COUNT = 10_000;
    private static final Pattern NAMED = Pattern.compile("\\{\"topic\":\"kept\\.(\\w+).*\"data\":\"(\\d+)\"}");

    private final RunningService service =
            RunningService.with("pushwire.topics[0].name=kept.>", "pushwire.topics[0].history-size=20000");
    private final Topics topics = service.bean(Topics.class);
    private final CutOffClient client = CutOffClient.of(service.address(), 1);

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void ofOneTopic() {
        String topic = "kept." + UUID.randomUUID();
        String start = EventId.of(topics.position(topic));
        CompletableFuture<Void> published =
                CompletableFuture.runAsync(() -> IntStream.range(0, COUNT).forEach(i -> topics.publish(topic, "" + i)));
        List<String> all = client.receive("/topics/" + topic + "?lastEventId=" + start, COUNT);
        published.join();
        assertThat(all)
                .containsExactlyElementsOf(
                        IntStream.range(0, COUNT).mapToObj(Integer::toString).toList());
    }

    @Test
    void ofSeveralTopics() {
        String run = UUID.randomUUID().toString().replace("-", "");
        List<String> names = List.of("kept.a" + run, "kept.b" + run, "kept.c" + run);
        String start = EventId.of(names.stream().map(topics::position).toList());
        CompletableFuture<?>[] published = names.stream()
                .map(name -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, COUNT / 4).forEach(i -> topics.publish(name, "" + i))))
                .toArray(CompletableFuture[]::new);
        String path = "/topics?topic=" + String.join("&topic=", names) + "&lastEventId=" + start;
        List<String> all = client.receive(path, 3 * COUNT / 4);
        CompletableFuture.allOf(published).join();
        for (String name : names) {
            assertThat(all.stream()
                            .map(NAMED::matcher)
                            .filter(Matcher::matches)
                            .filter(found -> ("kept." + found.group(1)).equals(name))
                            .map(found -> found.group(2)))
                    .as(name)
                    .containsExactlyElementsOf(IntStream.range(0, COUNT / 4)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }
}
