package dev.pushwire.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class OriginLogTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a clock of this kind may begin anywhere
    private final OriginLog log = new OriginLog(now::get);

    private static String linesOf(CapturedOutput output) {
        return String.join(
                "\n",
                output.getAll().lines().filter(line -> line.contains("Refused")).toList());
    }

    @Test
    void saysWhatToSet(CapturedOutput output) {
        log.refused("https://app.example.com", "/push");
        assertThat(linesOf(output))
                .contains("/push", "https://app.example.com", "pushwire.websocket.allowed-origins")
                .hasLineCount(1);
    }

    @Test
    void saysItOnceAMinute(CapturedOutput output) {
        log.refused("https://one.example.com", "/push");
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        log.refused("https://two.example.com", "/push");
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        log.refused("https://three.example.com", "/push");
        assertThat(linesOf(output)).contains("one", "three").doesNotContain("two");
    }

    @Test
    void doesNotRepeatAllOfALongHeader(CapturedOutput output) {
        log.refused("https://" + "x".repeat(8000), "/push");
        assertThat(linesOf(output)).hasSizeLessThan(1000);
    }
}
