package dev.pushwire.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.helm.Chart;
import dev.pushwire.helm.Manifests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The rendered alert rules, judged by Prometheus's own promtool. */
class AlertRulesTest {
    private static final Path TESTS = Path.of("src", "test", "resources", "prometheus", "alerts.test.yaml");

    @TempDir
    private Path directory;

    @Test
    void areValid() throws Exception {
        assertThat(promtool("check", "rules", write(Queries.rules()))).contains("SUCCESS: 21 rules found");
        JsonNode everything =
                Chart.withEverything().render().the("PrometheusRule").get("spec");
        assertThat(promtool("check", "rules", write(everything))).contains("SUCCESS: 21 rules found");
    }

    @Test
    void fireWhenTheyShouldAndOnlyThen() throws Exception {
        write(Queries.rules());
        Path tests = Files.copy(TESTS, directory.resolve("alerts.test.yaml"));
        assertThat(promtool("test", "rules", tests.toString())).contains("SUCCESS");
    }

    /** Each alert has a test in which it fires, and one in which it does not. */
    @Test
    void areAllTested() throws Exception {
        Set<String> fire = new TreeSet<>();
        Set<String> stayQuiet = new TreeSet<>();
        for (JsonNode test : Manifests.yaml(Files.readString(TESTS)).get("tests")) {
            for (JsonNode moment : test.get("alert_rule_test")) {
                (moment.path("exp_alerts").isEmpty() ? stayQuiet : fire)
                        .add(moment.get("alertname").stringValue());
            }
        }
        List<String> alerts = Queries.rules()
                .get("groups")
                .get(0)
                .get("rules")
                .valueStream()
                .map(rule -> rule.get("alert").stringValue())
                .toList();
        assertThat(fire).containsExactlyInAnyOrderElementsOf(alerts);
        assertThat(stayQuiet).containsExactlyInAnyOrderElementsOf(alerts);
    }

    private String write(JsonNode rules) throws Exception {
        return Files.writeString(directory.resolve("rules.yaml"), rules.toString())
                .toString();
    }

    private String promtool(String... arguments) throws Exception {
        Path output = directory.resolve("promtool.txt");
        List<String> command = new ArrayList<>(List.of(Tools.find("promtool")));
        command.addAll(List.of(arguments));
        Process promtool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(promtool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(promtool.exitValue()).as(said).isZero();
        return said;
    }
}
