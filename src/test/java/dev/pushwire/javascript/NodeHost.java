package dev.pushwire.javascript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The module in a Node.js of its own. */
final class NodeHost implements ClientHost {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final Writer code;
    private final BufferedReader answers;

    NodeHost() {
        ProcessBuilder builder = new ProcessBuilder(
                NodeJs.program().toString(),
                NodeJs.SOURCES.resolve("test/host.mjs").toString(),
                NodeJs.PACKAGE.resolve("pushwire.mjs").toString(),
                HELPERS.toString());
        try {
            this.process =
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.code = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    @Override
    public JsonNode run(String body) {
        try {
            code.write(JSON.writeValueAsString(body) + "\n");
            code.flush();
            String line = answers.readLine();
            assertThat(line).as("what Node.js answers to %s", body).isNotNull();
            JsonNode answer = JSON.readTree(line);
            assertThat(answer.path("error").asString("")).as(body).isEmpty();
            return answer.path("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it, or lets it go on: {@code STOP}, {@code CONT}. */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
