package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the chart tells people. */
class DocumentationTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([^`]+)` \\| (?:`([^`]*)`)? ?\\| (.+) \\|$", Pattern.MULTILINE);

    @TempDir
    private Path directory;

    @Test
    void theTableOfValuesHasEachWithItsDefault() throws IOException {
        JsonNode values = Manifests.yaml(Files.readString(Chart.DIRECTORY.resolve("values.yaml")));
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(Chart.DIRECTORY.resolve("README.md")));
        while (row.find()) {
            rows.put(row.group(1), row.group(2) == null ? "" : row.group(2));
        }
        Map<String, String> expected = new LinkedHashMap<>();
        describe(values, "", rows, expected);
        assertThat(rows).containsExactlyInAnyOrderEntriesOf(expected);
    }

    /** A row for each value; an object whose parts have none of their own has one for all of it. */
    private static void describe(JsonNode value, String path, Map<String, String> rows, Map<String, String> expected) {
        boolean isInParts = value.isObject() && !value.isEmpty() && !rows.containsKey(path);
        if (isInParts) {
            value.properties()
                    .forEach(part -> describe(
                            part.getValue(),
                            path.isEmpty() ? part.getKey() : path + "." + part.getKey(),
                            rows,
                            expected));
        } else {
            expected.put(path, value.isString() ? value.stringValue() : value.toString());
        }
    }

    @Test
    void theNotesSayWhatToTry() {
        String notes = notes("{}");
        assertThat(notes)
                .contains(
                        "kubectl -n push port-forward service/pushwire 8080:80\n",
                        "new WebSocket(\"ws://localhost:8080/topics/news\")",
                        "curl -N -H 'Accept: text/event-stream' http://localhost:8080/topics/news\n",
                        "port-forward service/pushwire-api 8082:80\n",
                        "curl -d hello http://localhost:8082/topics/news\n",
                        "helm -n push test pushwire\n",
                        "there are no keys")
                .contains("may subscribe to every topic")
                .doesNotContain("more than one pod", "From outside", "several pods drain");
    }

    @Test
    void theNotesKnowOfKeysPodsAndIngress() {
        String notes = notes("""
                {api: {keys: {ops: {existingSecret: other, scopes: [admin]}, shop: {existingSecret: mine, secretKey: of.push}}}, replicaCount: 2, ingress: {enabled: true}}
                """);
        assertThat(notes)
                .contains(
                        "kubectl -n push get secret mine",
                        "{{index .data \"of.push\" | base64decode}}",
                        "more than one pod",
                        "set broker.type to redis",
                        "http://pushwire.example.com/\n")
                .doesNotContain("no keys");
    }

    @Test
    void theNotesKnowOfSharedTopicsAndTokens() {
        String notes = notes("""
                {broker: {type: redis, redis: {host: redis}}, replicaCount: 2, stream: {enabled: false},
                access: {anonymous: false, jwt: {existingSecret: tokens}}}
                """);
        assertThat(notes)
                .contains("clients need a token", "[\"pushwire.token\", \"pushwire.token.\" + token]")
                .doesNotContain("text/event-stream", "more than one pod", "no keys", "every topic");
    }

    @Test
    void theNotesKnowOfDrainsThatOverlap() {
        assertThat(notes("drain: {window: 1m}")).contains("minReadySeconds is 25, and a drain takes 65 s");
        assertThat(notes("{drain: {window: 1m}, minReadySeconds: 65}")).doesNotContain("several pods drain");
    }

    @Test
    void theNotesKnowOfStreamsWithTokens() {
        assertThat(notes("access: {anonymous: false, jwt: {existingSecret: tokens}}"))
                .contains("event-stream' -H \"Authorization: Bearer $TOKEN\" http://localhost:8080/topics/news\n");
    }

    @Test
    void theNotesKnowOfKeysThatCannotBeFetched() {
        String values = """
                access: {jwt: {jwkSetUri: 'https://id.example.com/keys'}}
                networkPolicy: {enabled: true, egress: %s}
                """;
        assertThat(notes(values.formatted("[]"))).contains("does not let the pods fetch https://id.example.com/keys");
        assertThat(notes(values.formatted("[{ports: [{port: 443}]}]"))).doesNotContain("does not let the pods fetch");
    }

    @Test
    void theGuidesExamplesInstallTogether() throws IOException {
        Matcher example = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "kubernetes.md")));
        Chart chart = Chart.withDefaults();
        int examples = 0;
        while (example.find()) {
            if (!example.group(1).startsWith("rules:")) { // prometheus-adapter's
                chart = chart.and(example.group(1));
                examples++;
            }
        }
        assertThat(examples).isEqualTo(4);
        Manifests manifests = chart.render();
        assertThat(manifests.all()).allSatisfy(KubernetesApi::check);
        assertThat(manifests.all())
                .extracting(Manifests::kind)
                .contains("Ingress", "PodMonitor", "PrometheusRule")
                .doesNotContain("Secret");
    }

    private String notes(String values) {
        try {
            InstallCommand install = new Helm(Chart.DIRECTORY)
                    .install()
                    .withName("pushwire")
                    .withNamespace("push")
                    .withKubeVersion("1.34.0")
                    .withValuesFile(Files.writeString(directory.resolve("values.yaml"), values))
                    .clientOnly()
                    .dryRun()
                    .withDryRunOption(DryRun.CLIENT);
            return install.call().getOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
