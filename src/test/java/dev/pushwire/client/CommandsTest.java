package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CommandsTest {
    private final AtomicLong now = new AtomicLong();
    private final Commands commands = new Commands(10, now::get);

    private static ObjectNode publication() {
        return JsonMapper.shared().createObjectNode().put("type", "publish");
    }

    /** After five minutes the service does not know their keys any more, and would make them twice. */
    @Test
    void publicationsThatWereSentLongAgoAreNotSentAgain() {
        ObjectNode old = publication();
        ObjectNode unsent = publication();
        CompletableFuture<JsonNode> unknown = commands.add(old, true);
        CompletableFuture<JsonNode> waiting = commands.add(unsent, true);
        commands.sent(old);
        now.addAndGet(Duration.ofMinutes(4).toNanos());
        commands.giveUpLate();
        commands.sent(old); // again, which does not make its key younger
        assertThat(commands.repeated()).containsExactly(old, unsent);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        commands.giveUpLate();
        assertThat(commands.repeated()).containsExactly(unsent);
        assertThat(waiting).isNotDone();
        assertThatThrownBy(unknown::join)
                .hasCauseInstanceOf(PushException.class)
                .hasMessageContaining("may have been published");
    }

    /** A line that the service cannot read to its end, since it nests too deep, is answered by what stands before that. */
    @Test
    void theIdStandsFirst() throws Exception {
        try (ScriptedService service = new ScriptedService();
                PushClient client = PushClient.of(service.push()).connect()) {
            client.subscribe("news", message -> {});
            client.publish("news", "text");
            ScriptedService.Peer peer = service.awaitClient();
            for (String type : List.of("subscribe", "publish")) {
                assertThat(peer.awaitCommand(type).propertyNames()).first().isEqualTo("id");
            }
        }
    }
}
