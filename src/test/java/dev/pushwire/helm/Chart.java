package dev.pushwire.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart of this repository, and how to install it: values, name, namespace, version of the cluster. Immutable. */
public final class Chart {
    public static final Path DIRECTORY = Path.of("helm", "pushwire");
    /** Values that switch every feature on. */
    public static final Path EVERYTHING = Path.of("src", "test", "resources", "helm", "everything.yaml");

    private final Path directory;
    private final List<Path> values;
    private final String release;
    private final String kubeVersion;
    private final String besides;

    private Chart(Path directory, List<Path> values, String release, String kubeVersion, String besides) {
        this.directory = directory;
        this.values = values;
        this.release = release;
        this.kubeVersion = kubeVersion;
        this.besides = besides;
    }

    /** Release "pushwire" in the namespace "push", with no values. */
    public static Chart withDefaults() {
        return at(DIRECTORY);
    }

    public static Chart withEverything() {
        return withDefaults().and(EVERYTHING);
    }

    /** @param yaml as in a values file */
    public static Chart with(String yaml) {
        return withDefaults().and(yaml);
    }

    static Chart at(Path directory) {
        return new Chart(directory, List.of(), "pushwire", "1.34.0", "");
    }

    public Chart and(String yaml) {
        try {
            Path file = Files.createTempFile("values", ".yaml");
            file.toFile().deleteOnExit();
            return and(Files.writeString(file, yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Chart and(Path file) {
        List<Path> more = new ArrayList<>(values);
        more.add(file);
        return new Chart(directory, more, release, kubeVersion, besides);
    }

    Chart named(String name) {
        return new Chart(directory, values, name, kubeVersion, besides);
    }

    Chart onKubernetes(String version) {
        return new Chart(directory, values, release, version, besides);
    }

    /** The same in a namespace that has this Secret already. */
    Chart besidesSecret(String name, Map<String, String> entries) {
        Map<String, Object> secret = Map.of("kind", "Secret", "metadata", Map.of("name", name), "stringData", entries);
        String document = "---\n" + JsonMapper.shared().writeValueAsString(secret) + "\n";
        return new Chart(directory, values, release, kubeVersion, besides + document);
    }

    /** @throws IllegalStateException with Helm's message, if Helm refuses the chart */
    public Manifests render() {
        TemplateCommand command = new Helm(directory)
                .template()
                .withName(release)
                .withNamespace("push")
                .withKubeVersion(kubeVersion);
        values.forEach(command::withValuesFile);
        return Manifests.parse(command.call() + besides);
    }

    /**
     * The pod of {@code helm test}. Helm renders hooks separately, so this uses a copy of the chart in which the pod is
     * not a hook.
     */
    JsonNode testPod() {
        try {
            Path copy = Files.createTempDirectory("chart");
            copy(directory, copy);
            Path pod = copy.resolve("templates/tests/websocket.yaml");
            Files.writeString(pod, Files.readString(pod).replace("    helm.sh/hook: test\n", ""));
            return new Chart(copy, values, release, kubeVersion, besides)
                    .render()
                    .the("Pod");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LintResult lint() {
        return new Helm(directory).lint().strict().call();
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
