package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.CloseStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What nodes of two versions tell and ask each other. The texts here are a contract: fields may be added, and no text
 * may be changed otherwise.
 */
class NodeFormsTest {
    private static final String REVOKED =
            "{\"what\":\"revoke\",\"principal\":\"ada\",\"at\":\"2026-11-28T20:00:00.000001Z\"}";
    private static final String LIST = "{\"what\":\"list\",\"principal\":\"ada\",\"code\":0}";
    private static final String CLOSE =
            "{\"what\":\"close\",\"connection\":\"k3f9x2a-7\",\"code\":4000,\"reason\":\"bye\"}";
    private static final String SUBSCRIBE =
            "{\"what\":\"subscribe\",\"principal\":\"ada\",\"code\":0,\"topic\":\"news.>\"}";
    private static final String REPORT = "{\"id\":\"k3f9x2a-7\",\"node\":\"k3f9x2a\",\"endpoint\":\"/push\","
            + "\"transport\":\"websocket\",\"address\":\"192.0.2.1\",\"principal\":\"ada\",\"open\":true,"
            + "\"ageSeconds\":1.5,\"idleSeconds\":0.5,\"outboxBytes\":3}";
    private static final String ANSWER =
            "{\"total\":1,\"connections\":[" + REPORT + "],\"closed\":0,\"complete\":true}";
    private static final String CHANGED = "{\"connections\":3,\"changed\":2,\"refused\":1,\"complete\":true}";

    private static void assertForm(String text, Object value) {
        assertThat(NodeJson.write(value)).isEqualTo(text);
        assertThat((Object) NodeJson.read(text, value.getClass())).isEqualTo(value);
        String more = text.substring(0, text.length() - 1) + ",\"more\":{\"of\":[\"it\"]}}";
        assertThat((Object) NodeJson.read(more, value.getClass())).isEqualTo(value);
    }

    @Test
    void notices() {
        Instant at = Instant.parse("2026-11-28T20:00:00.000001Z");
        assertForm(REVOKED, new NodeJson.Notice("revoke", "ada", null, at));
        assertForm(
                "{\"what\":\"revoke\",\"token\":\"t-1\",\"at\":\"2026-11-28T20:00:00.000001Z\"}",
                new NodeJson.Notice("revoke", null, "t-1", at));
    }

    @Test
    void questions() {
        assertForm(LIST, NodeJson.Question.list("ada", null));
        assertForm(CLOSE, NodeJson.Question.close(null, "k3f9x2a-7", new CloseStatus(4000, "bye")));
        assertForm(SUBSCRIBE, new NodeJson.Question("subscribe", "ada", null, 0, null, "news.>"));
        assertForm(
                SUBSCRIBE.replace("subscribe", "unsubscribe"),
                new NodeJson.Question("unsubscribe", "ada", null, 0, null, "news.>"));
    }

    @Test
    void answers() {
        ConnectionReport report = new ConnectionReport(
                "k3f9x2a-7", "k3f9x2a", "/push", "websocket", "192.0.2.1", "ada", null, true, 1.5, 0.5, 3);
        assertForm(ANSWER, new NodeJson.Answer(1, List.of(report), 0, true));
        assertForm("{\"total\":0,\"closed\":2,\"complete\":true}", new NodeJson.Answer(0, null, 2, true));
        assertForm(CHANGED, new SubscriptionChange(3, 2, 1, true));
    }

    /** A node that is older answers less. What it does not say counts as not done. */
    @Test
    void whatIsMissingHasNoValue() {
        assertThat(NodeJson.read("{\"total\":1}", NodeJson.Answer.class))
                .isEqualTo(new NodeJson.Answer(1, null, 0, false));
        assertThat(NodeJson.read("{\"what\":\"list\"}", NodeJson.Question.class))
                .isEqualTo(new NodeJson.Question("list", null, null, 0, null, null));
    }
}
