package dev.pushwire.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private final AuditLines lines = new AuditLines();
    private final AtomicLong now = new AtomicLong(-5);
    private final List<Outcome> refused = new ArrayList<>();
    private final AuditLog log = new AuditLog(refused::add, now::get);

    @AfterEach
    void close() {
        lines.close();
    }

    private static Act act(String target, Outcome outcome) {
        return new Act("connections.close", "key ops", "192.0.2.1", target, outcome, "closed 3");
    }

    @Test
    void anActIsASentenceAndPairs() {
        log.write(act("principal ada", Outcome.DONE));
        assertThat(lines.texts())
                .containsExactly("connections.close by key ops from 192.0.2.1 on principal ada: done (closed 3)");
        assertThat(lines.lastPairs())
                .isEqualTo(Map.of(
                        "audit.action", "connections.close",
                        "audit.outcome", "done",
                        "audit.actor", "key ops",
                        "audit.address", "192.0.2.1",
                        "audit.target", "principal ada",
                        "audit.detail", "closed 3"));
        assertThat(refused).isEmpty();
    }

    @Test
    void whatIsNotThereIsLeftOut() {
        log.write(new Act("publish", "nobody", "192.0.2.1", null, Outcome.NO_CREDENTIALS, null));
        assertThat(lines.texts()).containsExactly("publish by nobody from 192.0.2.1: no_credentials");
        assertThat(lines.lastPairs()).doesNotContainKeys("audit.target", "audit.detail");
    }

    /** A name with line breaks cannot forge a line. */
    @Test
    void aNameStaysInItsLine() {
        log.write(act("principal a\r\nb\u0085c\u2028d" + "e".repeat(1000), Outcome.DONE));
        assertThat(lines.texts())
                .singleElement()
                .asString()
                .startsWith("connections.close by key ops")
                .contains("principal a??b?c?deee", "...")
                .hasSizeLessThan(300);
        assertThat(lines.lastPairs().get("audit.target").toString()).doesNotContain("\n", "\r");
    }

    @Test
    void refusalsAreWrittenOnlySoOftenAMinute() {
        for (int i = 0; i < AuditLog.REFUSALS_PER_MINUTE + 7; i++) {
            log.write(act("topic news", Outcome.BAD_CREDENTIALS));
        }
        assertThat(lines.texts()).hasSize(AuditLog.REFUSALS_PER_MINUTE);
        assertThat(refused).hasSize(AuditLog.REFUSALS_PER_MINUTE + 7).containsOnly(Outcome.BAD_CREDENTIALS);

        log.write(act("principal ada", Outcome.DONE));
        assertThat(lines.texts())
                .hasSize(AuditLog.REFUSALS_PER_MINUTE + 1)
                .last()
                .asString()
                .contains("done");

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        log.write(act("topic news", Outcome.NOT_ALLOWED));
        assertThat(lines.texts())
                .hasSize(AuditLog.REFUSALS_PER_MINUTE + 3)
                .contains("7 more refusals were not written")
                .last()
                .asString()
                .contains("not_allowed");
    }
}
