package dev.pushwire.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import tools.jackson.databind.JsonNode;

/** The configuration of the pods. */
public final class Configuration {
    private static final String MOUNTED_AT = "/etc/pushwire/";

    private final Manifests manifests;

    private Configuration(Manifests manifests) {
        this.manifests = manifests;
    }

    public static Configuration of(Manifests manifests) {
        return new Configuration(manifests);
    }

    String applicationYaml() {
        return manifests
                .ofKind("ConfigMap")
                .filter(map -> map.get("data").has("application.yaml"))
                .findFirst()
                .orElseThrow()
                .at("/data")
                .get("application.yaml")
                .stringValue();
    }

    /** The value of a property, as Spring Boot reads it. */
    @Nullable
    String property(String name) {
        return binder().bind(name, String.class).orElse(null);
    }

    /** If several documents have a property, the last one wins. */
    Binder binder() {
        try {
            List<PropertySource<?>> documents = new YamlPropertySourceLoader()
                    .load(
                            "application.yaml",
                            new ByteArrayResource(applicationYaml().getBytes(StandardCharsets.UTF_8)));
            return new Binder(ConfigurationPropertySources.from(documents.reversed()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lays out the pod's volume with the configuration as the kubelet does, links and all.
     *
     * @return where Spring Boot is told to look, under that directory
     */
    public String mountUnder(Path directory) {
        try {
            Path data = Files.createDirectories(directory.resolve("..2026_11_21"));
            Files.createSymbolicLink(directory.resolve("..data"), data.getFileName());
            for (JsonNode source : manifests.pod().at("/volumes/0/projected/sources")) {
                boolean isSecret = source.has("secret");
                JsonNode projection = source.get(isSecret ? "secret" : "configMap");
                JsonNode contents = contents(isSecret, projection.get("name").stringValue());
                for (JsonNode item : projection.get("items")) {
                    Path path = Path.of(item.get("path").stringValue());
                    Files.createDirectories(data.resolve(path).getParent());
                    Files.writeString(
                            data.resolve(path),
                            contents.get(item.get("key").stringValue())
                                    .stringValue()
                                    .replace(MOUNTED_AT, directory + "/"));
                    Path link = directory.resolve(path.getName(0));
                    if (!Files.exists(link)) {
                        Files.createSymbolicLink(link, Path.of("..data").resolve(path.getName(0)));
                    }
                }
            }
            return manifests.environment("SPRING_CONFIG_ADDITIONAL_LOCATION").replace(MOUNTED_AT, directory + "/");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode contents(boolean isSecret, String name) {
        return manifests
                .ofKind(isSecret ? "Secret" : "ConfigMap")
                .filter(manifest -> Manifests.name(manifest).equals(name))
                .findFirst()
                .orElseThrow()
                .get(isSecret ? "stringData" : "data");
    }
}
