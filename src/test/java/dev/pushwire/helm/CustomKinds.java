package dev.pushwire.helm;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Kinds that operators and clouds add to Kubernetes and that have no model in Java, by what we know of their definitions. */
final class CustomKinds {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "helm", "kinds");

    private CustomKinds() {}

    static boolean has(String kind) {
        return Files.exists(file(kind));
    }

    /** @throws IllegalArgumentException that says what is wrong */
    static void check(JsonNode manifest) {
        String kind = Manifests.kind(manifest);
        try {
            JsonNode schema = Manifests.yaml(Files.readString(file(kind)));
            List<Error> errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema.toString())
                    .validate(manifest.path("spec").toString(), InputFormat.JSON);
            if (!errors.isEmpty()) {
                throw new IllegalArgumentException(kind + ": " + errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String kind) {
        return DIRECTORY.resolve(kind + ".yaml");
    }
}
