package dev.pushwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of Socket.IO in {@code docs/metrics.md} is the catalogue, no more and no less. */
class SocketIoGuideTest {
    private static final Path GUIDE = Path.of("docs/metrics.md");

    @Test
    void showsEachMeterThereIsAndNoOther() throws IOException {
        List<String> shown = Files.readAllLines(GUIDE).stream()
                .filter(line -> line.startsWith("| `socketio_"))
                .toList();
        assertThat(shown)
                .containsExactlyElementsOf(Arrays.stream(SocketIoMeter.values())
                        .map(SocketIoGuideTest::row)
                        .toList());
    }

    private static String row(SocketIoMeter meter) {
        String tags = meter.tagKeys().stream().map(key -> "`" + key + "`").collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        meter.prometheusName(),
                        meter.isGauge() ? "gauge" : "counter",
                        tags.isEmpty() ? "–" : tags,
                        meter.description());
    }

    @Test
    void namesEachTag() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(Arrays.stream(SocketIoMeter.values()).flatMap(meter -> meter.tagKeys().stream()))
                .allSatisfy(tag -> assertThat(guide).contains("| `" + tag + "` |"));
    }
}
