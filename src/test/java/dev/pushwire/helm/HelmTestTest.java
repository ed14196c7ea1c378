package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.prometheus.LiveService;
import dev.pushwire.prometheus.Tools;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code helm test} runs, run here with the tools of the image it runs in. */
class HelmTestTest {
    @TempDir
    private Path directory;

    @Test
    void opensAWebSocketOnTheService() throws Exception {
        try (LiveService service = LiveService.start(directory, Chart.withDefaults())) {
            assertThat(run(Chart.withDefaults(), service.port())).isZero();
            assertThat(directory.resolve("log")).content().endsWith("connected, and heard the pong\n");
        }
    }

    @Test
    void failsWhereThereIsNone() throws Exception {
        assertThat(run(Chart.withDefaults(), 1)).isEqualTo(1);
        assertThat(directory.resolve("log")).content().contains("failed: the upgrade was refused");
    }

    /** The test has no token, and needs none for a pong. */
    @Test
    void opensOneAlsoWhereClientsNeedAToken() throws Exception {
        Chart chart = Chart.with("access: {anonymous: false, jwt: {existingSecret: tokens}}")
                .besidesSecret("tokens", Map.of("jwt-secret", "0123456789abcdef".repeat(2)));
        try (LiveService service = LiveService.start(directory, chart)) {
            assertThat(run(chart, service.port())).isZero();
            assertThat(directory.resolve("log")).content().endsWith("connected, and heard the pong\n");
        }
    }

    /** Whichever doors are open. Where no other is, it is a topic's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "push: {enabled: false}",
                "{push: {enabled: false}, access: {anonymous: false, jwt: {existingSecret: tokens}}}",
                "{push: {enabled: false}, socketio: {transports: [polling]}}",
                "{push: {enabled: false}, socketio: {enabled: false}}"
            })
    void opensOneAlsoWhereTheUsualDoorIsClosed(String values) throws Exception {
        Chart chart = Chart.with(values).besidesSecret("tokens", Map.of("jwt-secret", "0123456789abcdef".repeat(2)));
        try (LiveService service = LiveService.start(directory, chart)) {
            assertThat(run(chart, service.port())).isZero();
        }
    }

    private int run(Chart chart, int port) throws IOException, InterruptedException {
        String busybox = Tools.find("busybox");
        JsonNode container = chart.testPod().at("/spec/containers/0");
        assertThat(container.at("/command/1").stringValue()).isEqualTo("-c");
        String script = container.at("/command/2").stringValue().replace("/tmp/", directory + "/");
        // As in its image, every command is busybox's own.
        Path bin = Files.createDirectories(directory.resolve("bin"));
        for (String applet : new String[] {"cat", "grep", "head", "nc", "sleep", "timeout", "touch"}) {
            Path link = bin.resolve(applet);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of(busybox));
            }
        }
        ProcessBuilder builder = new ProcessBuilder(busybox, "sh", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(new File(directory + "/log"));
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("HOST", "127.0.0.1");
        builder.environment().put("PORT", Integer.toString(port));
        return builder.start().waitFor();
    }
}
