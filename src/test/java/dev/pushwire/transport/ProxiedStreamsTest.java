package dev.pushwire.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.push.Topics;
import dev.pushwire.service.RunningService;
import dev.pushwire.stream.EventClient;
import dev.pushwire.stream.EventReader.Event;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event streams through proxies that are configured as their packages come: nothing is held back. */
class ProxiedStreamsTest {
    private final RunningService service =
            RunningService.with("pushwire.topics[0].name=kept.>", "pushwire.topics[0].history-size=20000");
    private final Topics topics = service.bean(Topics.class);
    private final String topic = "kept." + UUID.randomUUID();

    @TempDir
    private Path directory;

    /** Each event comes before the next one is published. */
    private void assertPassesOn(Proxy proxy) {
        URI uri = URI.create("http://localhost:" + proxy.port() + "/topics/" + topic);
        String id;
        try (EventClient client = EventClient.open(uri)) {
            client.await(1);
            for (int i = 0; i < 20; i++) {
                topics.publish(topic, "message " + i);
                assertThat(client.await(2 + i).getLast().data()).isEqualTo("message " + i);
            }
            topics.publish(topic, "x".repeat(200_000));
            assertThat(client.await(22).getLast().data()).hasSize(200_000);
            id = client.lastEventId();
        }
        topics.publish(topic, "missed");
        try (EventClient client = EventClient.open(uri, "Last-Event-ID", id)) {
            assertThat(client.await(2)).extracting(Event::data).last().isEqualTo("missed");
        }
    }

    @Test
    void nginx() throws IOException {
        try (Proxy nginx = Proxy.nginx(service.address(), directory, List.of())) {
            assertPassesOn(nginx);
        }
    }

    @Test
    void haproxy() throws IOException {
        try (Proxy haproxy = Proxy.haproxy(service.address(), directory, List.of())) {
            assertPassesOn(haproxy);
        }
    }
}
