package dev.pushwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/metrics.md} is the catalogue, no more and no less. */
class MetricsGuideTest {
    private static final Path GUIDE = Path.of("docs/metrics.md");

    @Test
    void showsEachMeterThereIsAndNoOther() throws IOException {
        List<String> shown = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("| `websocket_"))
                .toList();
        assertThat(shown)
                .containsExactlyElementsOf(Arrays.stream(WebSocketMeter.values())
                        .map(MetricsGuideTest::row)
                        .toList());
    }

    private static String row(WebSocketMeter meter) {
        String type = meter.type() == WebSocketMeter.Type.TIMER
                ? "histogram"
                : meter.type().name().toLowerCase(Locale.ROOT);
        String tags = meter.tagKeys().stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |"
                .formatted(meter.prometheusName(), type, tags.isEmpty() ? "–" : tags, meter.description());
    }

    @Test
    void namesEachTag() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(Arrays.stream(WebSocketMeter.values()).flatMap(meter -> meter.tagKeys().stream()))
                .allSatisfy(tag -> assertThat(guide).contains("| `" + tag + "` |"));
    }
}
