package dev.pushwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/metrics.md} is the catalogue, no more and no less. */
class MetricsGuideTest {
    private static final Pattern NAME = Pattern.compile("(?m)^\\| `(websocket_\\w+)` \\|");

    @Test
    void namesEachMeterThereIsAndNoOther() throws IOException {
        String guide = Files.readString(Path.of("docs/metrics.md"));
        Set<String> named =
                NAME.matcher(guide).results().map(match -> match.group(1)).collect(Collectors.toSet());

        assertThat(named)
                .isEqualTo(Stream.of(WebSocketMeter.values())
                        .map(WebSocketMeter::prometheusName)
                        .collect(Collectors.toSet()));
    }
}
