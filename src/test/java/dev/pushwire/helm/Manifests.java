package dev.pushwire.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a chart renders to. */
public record Manifests(List<JsonNode> all) {
    private static final JsonMapper JSON = JsonMapper.shared();

    static Manifests parse(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        // Duplicate keys are an error: Kubernetes would take the last one without a word.
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return new Manifests(documents);
    }

    public static JsonNode yaml(String document) {
        return JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(document));
    }

    public Stream<JsonNode> ofKind(String kind) {
        return all.stream().filter(manifest -> kind(manifest).equals(kind));
    }

    /** The only one of its kind. */
    public JsonNode the(String kind) {
        List<JsonNode> found = ofKind(kind).toList();
        assertThat(found).as(kind).hasSize(1);
        return found.getFirst();
    }

    /** The Service that clients reach; others lead to other ports. */
    JsonNode service() {
        return service("");
    }

    /** @param suffix the part of its name after the release's */
    JsonNode service(String suffix) {
        return ofKind("Service")
                .filter(service -> name(service).equals("pushwire" + suffix))
                .findFirst()
                .orElseThrow();
    }

    JsonNode pod() {
        return the("Deployment").at("/spec/template/spec");
    }

    public JsonNode container() {
        return pod().at("/containers/0");
    }

    public String environment(String name) {
        for (JsonNode variable : container().get("env")) {
            if (variable.get("name").stringValue().equals(name)) {
                return variable.get("value").stringValue();
            }
        }
        throw new AssertionError("The container has no variable " + name);
    }

    static String kind(JsonNode manifest) {
        return manifest.get("kind").stringValue();
    }

    static String name(JsonNode manifest) {
        return manifest.at("/metadata/name").stringValue();
    }
}
