package dev.pushwire.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OCI image, unpacked from its tar.
 *
 * @param name with the tag
 * @param root its file system
 * @param config what it says of how it is run
 */
record Image(String name, Path root, JsonNode config) {

    static Image unpack(Path tar, Path directory) throws Exception {
        Path layout = Files.createDirectory(directory.resolve("layout"));
        tar("--extract", "--file", tar.toString(), "--directory", layout.toString());
        JsonNode index = JsonMapper.shared().readTree(layout.resolve("index.json"));
        JsonNode described = index.at("/manifests/0");
        JsonNode manifest = blob(layout, described);
        Path root = Files.createDirectory(directory.resolve("root"));
        for (JsonNode layer : manifest.get("layers")) {
            tar(
                    "--extract",
                    "--gzip",
                    "--preserve-permissions",
                    "--no-same-owner",
                    "--warning=no-unknown-keyword",
                    "--file",
                    path(layout, layer).toString(),
                    "--directory",
                    root.toString());
        }
        String name =
                described.at("/annotations/org.opencontainers.image.ref.name").stringValue();
        return new Image(name, root, blob(layout, manifest.get("config")).get("config"));
    }

    private static JsonNode blob(Path layout, JsonNode descriptor) {
        return JsonMapper.shared().readTree(path(layout, descriptor));
    }

    private static Path path(Path layout, JsonNode descriptor) {
        return layout.resolve("blobs", descriptor.get("digest").stringValue().split(":"));
    }

    private static void tar(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("tar").inheritIO();
        builder.command().addAll(List.of(arguments));
        Process process = builder.start();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("tar failed: " + String.join(" ", arguments));
        }
    }

    /** A list of words in the configuration. */
    List<String> words(String name) {
        return config.get(name).valueStream().map(JsonNode::stringValue).toList();
    }

    String word(String name) {
        return config.get(name).stringValue();
    }
}
