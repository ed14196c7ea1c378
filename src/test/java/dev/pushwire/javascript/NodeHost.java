package dev.pushwire.javascript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The module in a Node.js of its own, or in what the environment's {@code CLIENT_RUNTIME} names, such as {@code deno run --allow-all}. */
final class NodeHost implements ClientHost {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final Writer code;
    private final BufferedReader answers;

    NodeHost() {
        List<String> command = new ArrayList<>(runtime());
        command.add(NodeJs.SOURCES.resolve("test/host.mjs").toString());
        command.add(NodeJs.PACKAGE.resolve("pushwire.mjs").toString());
        command.add(HELPERS.toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        try {
            this.process =
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.code = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
    }

    private static List<String> runtime() {
        String named = System.getenv("CLIENT_RUNTIME");
        return named == null ? List.of(NodeJs.program().toString()) : List.of(named.split(" ", -1));
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
