package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RenewingTest {
    private final AtomicInteger asked = new AtomicInteger();

    /** The connection would end when the token does, and patterns would miss what comes until the next one. */
    @Test
    void isTriedAgainOverTheSameConnection() throws Exception {
        try (ScriptedService service = new ScriptedService();
                PushClient client =
                        PushClient.of(service.push()).token(this::token).connect()) {
            client.subscribe("news", message -> {});
            ScriptedService.Peer peer = service.awaitClient();
            peer.say("{'type':'authenticated','id':%d,'expiresIn':2}".formatted(id(peer.awaitCommand("authenticate"))));
            peer.awaitCommand("subscribe");
            JsonNode renewal = peer.awaitCommand("authenticate");
            assertThat(renewal.path("token").asString()).isEqualTo("token 3");
            peer.say("{'type':'error','id':%d,'code':'invalid_token','message':'no'}".formatted(id(renewal)));
            assertThat(peer.awaitCommand("authenticate").path("token").asString())
                    .isEqualTo("token 4");
        }
    }

    private String token() {
        int count = asked.incrementAndGet();
        if (count == 2) {
            throw new IllegalStateException("The issuer does not answer");
        }
        return "token " + count;
    }

    private static long id(JsonNode command) {
        return command.path("id").asLong();
    }
}
