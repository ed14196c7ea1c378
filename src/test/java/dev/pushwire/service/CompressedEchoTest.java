package dev.pushwire.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever npm's {@code ws} offers for permessage-deflate, each message comes back as it was. Unlike the JDK, its zlib
 * refuses references beyond the agreed window. These are the Autobahn TestSuite's sections 12 and 13, which the edition
 * of it on Maven Central lacks.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CompressedEchoTest {
    /** Three kinds of content, each in twelve sizes and four ways to fragment it. */
    private static final int CASES = 3 * (12 + 4);

    @BeforeAll
    static void isThere() {
        NodeClient.requireInstalled("ws");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'clientNoContextTakeover':true}",
                "{'serverNoContextTakeover':true}",
                "{'serverMaxWindowBits':9}",
                "{'serverMaxWindowBits':15}",
                "{'serverMaxWindowBits':9,'clientMaxWindowBits':9}",
                "{'serverNoContextTakeover':true,'clientNoContextTakeover':true,'serverMaxWindowBits':12}"
            })
    void comesBackWithoutContextTakeover(String offer) throws Exception {
        echo(RunningService.with(), offer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'clientNoContextTakeover':true}",
                "{'serverNoContextTakeover':true}",
                "{'serverMaxWindowBits':9}",
                "{'serverMaxWindowBits':9,'clientMaxWindowBits':9}",
                "{'serverNoContextTakeover':true,'serverMaxWindowBits':10}"
            })
    void comesBackWithContextTakeover(String offer) throws Exception {
        echo(RunningService.with("pushwire.websocket.compression.context-takeover=true"), offer);
    }

    private static void echo(RunningService service, String offer) throws IOException, InterruptedException {
        Process script = new ProcessBuilder(
                        "node",
                        "src/test/node/compressed-echo.mjs",
                        service.ws("/echo").toString(),
                        offer.replace('\'', '"'))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = script.inputReader(UTF_8)) {
            List<String> lines = output.lines().toList();
            assertThat(lines).hasSize(CASES).allMatch(line -> line.startsWith("ok "));
        } finally {
            script.destroy();
        }
        assertThat(script.waitFor()).isZero();
    }
}
