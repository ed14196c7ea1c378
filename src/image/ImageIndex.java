import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Joins images for one processor each into one image for all of them: an OCI archive with an index, from which each
 * machine pulls the image for its processor. {@code .ci/release} runs it, with the libraries of the image that it has
 * just built.
 *
 * <pre>java -cp 'target/image/files/app/lib/*' src/image/ImageIndex.java both.tar amd64.tar arm64.tar</pre>
 */
final class ImageIndex {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String NAME = "org.opencontainers.image.ref.name";
    private static final String VERSION = "org.opencontainers.image.version";

    private final JsonMapper json = new JsonMapper();
    private final Path work = Files.createTempDirectory("image-index");
    private final Path layout = Files.createDirectories(work.resolve("layout"));
    private final Map<String, Object> manifests = new TreeMap<>(); // by processor
    private final Map<String, String> versions = new TreeMap<>();
    private String name = "";

    private ImageIndex() throws IOException {}

    /** @throws IllegalStateException if the images do not belong together */
    public static void main(String[] args) throws Exception {
        ImageIndex index = new ImageIndex();
        try {
            for (String image : List.of(args).subList(1, args.length)) {
                index.add(Path.of(image));
            }
            index.write(Path.of(args[0]).toAbsolutePath());
        } finally {
            index.deleteAll();
        }
    }

    private void add(Path image) throws Exception {
        Path from = Files.createDirectory(work.resolve(Integer.toString(manifests.size())));
        tar("--extract", "--file", image.toString(), "--directory", from.toString());
        JsonNode described = json.readTree(from.resolve("index.json")).get("manifests").get(0);
        JsonNode manifest = json.readTree(blob(from, described.get("digest").stringValue()));
        JsonNode config = json.readTree(blob(from, manifest.get("config").get("digest").stringValue()));
        String architecture = config.get("architecture").stringValue();
        Map<String, Object> entry = new LinkedHashMap<>();
        for (String field : List.of("mediaType", "digest", "size")) {
            entry.put(field, described.get(field));
        }
        entry.put("platform", ordered("architecture", architecture, "os", config.get("os")));
        if (manifests.put(architecture, entry) != null) {
            throw new IllegalStateException("two images are for " + architecture);
        }
        versions.put(architecture, config.at("/config/Labels/" + VERSION).asString(""));
        name = described.at("/annotations/" + NAME).asString("");
        try (Stream<Path> blobs = Files.list(from.resolve("blobs/sha256"))) {
            Files.createDirectories(layout.resolve("blobs/sha256"));
            for (Path blob : blobs.toList()) {
                Path to = layout.resolve("blobs/sha256").resolve(blob.getFileName());
                if (!Files.exists(to)) { // several images may share a blob, such as a layer with the same libraries
                    Files.move(blob, to);
                }
            }
        }
    }

    private static Path blob(Path layout, String digest) {
        return layout.resolve("blobs").resolve(digest.replace(':', '/'));
    }

    private void write(Path out) throws Exception {
        if (versions.values().stream().distinct().count() > 1) {
            throw new IllegalStateException("these are images of several versions: " + versions);
        }
        byte[] index = json.writeValueAsBytes(ordered("schemaVersion", 2, "mediaType", INDEX, "manifests", manifests.values()));
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(index));
        Files.write(layout.resolve("blobs/sha256").resolve(digest), index);
        Object described = ordered("mediaType", INDEX, "digest", "sha256:" + digest, "size", index.length,
                "annotations", Map.of(NAME, name));
        Files.write(layout.resolve("index.json"),
                json.writeValueAsBytes(ordered("schemaVersion", 2, "manifests", List.of(described))));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        tar("--create", "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0", "--mode=a+rX,u+w,go-w",
                "--file", out.toString(), "--directory", layout.toString(), "blobs", "index.json", "oci-layout");
        System.out.println("image: for " + String.join(" and ", manifests.keySet()) + ", sha256:" + digest);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static void tar(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
    }

    private void deleteAll() throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }
}
