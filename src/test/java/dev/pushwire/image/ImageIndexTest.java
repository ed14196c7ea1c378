package dev.pushwire.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.pushwire.prometheus.Tools;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two images, each for a processor of its own, become one. */
class ImageIndexTest {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static final String SOURCE = "src/image/ImageIndex.java";

    private static Method main;

    @TempDir
    private Path directory;

    @BeforeAll
    static void compile(@TempDir Path classes) throws Exception {
        Tools.find("tar");
        String[] options = {"-d", classes.toString(), "-cp", System.getProperty("java.class.path"), SOURCE};
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, options))
                .isZero();
        URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        main = loader.loadClass("ImageIndex").getMethod("main", String[].class);
        main.setAccessible(true); // its class is not public
    }

    @Test
    void eachMachineFindsItsOwn() throws Exception {
        Path out = directory.resolve("both.tar");
        join(out, image("amd64", "1.2.3"), image("arm64", "1.2.3"));
        Path layout = extract(out);
        assertThat(layout.resolve("oci-layout")).content().contains("1.0.0");
        JsonNode described = JsonMapper.shared()
                .readTree(layout.resolve("index.json"))
                .get("manifests")
                .get(0);
        assertThat(described.get("mediaType").stringValue()).isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(described
                        .at("/annotations/org.opencontainers.image.ref.name")
                        .stringValue())
                .isEqualTo("pushwire:1.2.3");
        JsonNode index = checked(layout, described);
        for (JsonNode entry : index.get("manifests")) {
            JsonNode config = checked(layout, checked(layout, entry).get("config"));
            assertThat(entry.at("/platform/os").stringValue()).isEqualTo("linux");
            assertThat(entry.at("/platform/architecture")).isEqualTo(config.get("architecture"));
            assertThat(entry.get("mediaType").stringValue()).isEqualTo(MANIFEST);
        }
        assertThat(index.get("manifests")
                        .valueStream()
                        .map(entry -> entry.at("/platform/architecture").stringValue()))
                .containsExactly("amd64", "arm64");
    }

    @Test
    void theSameImagesGiveTheSameBytes() throws Exception {
        Path amd = image("amd64", "1.2.3");
        Path arm = image("arm64", "1.2.3");
        join(directory.resolve("one.tar"), amd, arm);
        join(directory.resolve("other.tar"), arm, amd);
        assertThat(directory.resolve("one.tar")).hasSameBinaryContentAs(directory.resolve("other.tar"));
    }

    @Test
    void imagesThatDoNotBelongTogetherAreRefused() throws Exception {
        Path out = directory.resolve("both.tar");
        Path amd = image("amd64", "1.2.3");
        Path later = image("arm64", "1.2.4");
        assertThatIllegalStateException()
                .isThrownBy(() -> join(out, amd, later))
                .withMessageContaining("several versions");
        assertThatIllegalStateException().isThrownBy(() -> join(out, amd, amd)).withMessageContaining("amd64");
        assertThat(out).doesNotExist();
    }

    private static void join(Path out, Path... images) {
        String[] arguments = Stream.concat(Stream.of(out), Stream.of(images))
                .map(Path::toString)
                .toArray(String[]::new);
        try {
            main.invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw assertInstanceOf(IllegalStateException.class, e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** A blob whose digest and size are what its descriptor says. */
    private static JsonNode checked(Path layout, JsonNode descriptor) throws Exception {
        byte[] blob = Files.readAllBytes(
                layout.resolve("blobs", descriptor.get("digest").stringValue().split(":")));
        assertThat("sha256:" + digest(blob)).isEqualTo(descriptor.get("digest").stringValue());
        assertThat(blob).hasSize(descriptor.get("size").asInt());
        return JsonMapper.shared().readTree(blob);
    }

    /** An OCI archive as the build makes them, with one layer. */
    private Path image(String architecture, String version) throws Exception {
        Path layout = Files.createTempDirectory(directory, architecture);
        Files.createDirectories(layout.resolve("blobs/sha256"));
        String layer = blob(layout, "application/vnd.oci.image.layer.v1.tar+gzip", "a layer");
        String config = blob(
                layout,
                "application/vnd.oci.image.config.v1+json",
                "{'architecture':'%s','os':'linux','config':{'Labels':{'org.opencontainers.image.version':'%s'}}}"
                        .formatted(architecture, version));
        String manifest =
                blob(layout, MANIFEST, "{'schemaVersion':2,'config':%s,'layers':[%s]}".formatted(config, layer));
        String named = manifest.replaceFirst(
                "}$", ",'annotations':{'org.opencontainers.image.ref.name':'pushwire:" + version + "'}}");
        Files.writeString(layout.resolve("index.json"), json("{'schemaVersion':2,'manifests':[" + named + "]}"));
        Files.writeString(layout.resolve("oci-layout"), json("{'imageLayoutVersion':'1.0.0'}"));
        Path tar = Files.createTempFile(directory, architecture, ".tar");
        run("tar", "--create", "--file", tar.toString(), "--directory", layout.toString(), ".");
        return tar;
    }

    /** Writes one, and returns its descriptor. */
    private static String blob(Path layout, String type, String content) throws Exception {
        byte[] bytes = json(content).getBytes(StandardCharsets.UTF_8);
        String digest = digest(bytes);
        Files.write(layout.resolve("blobs/sha256").resolve(digest), bytes);
        return "{'mediaType':'%s','digest':'sha256:%s','size':%d}".formatted(type, digest, bytes.length);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private Path extract(Path tar) throws Exception {
        Path layout = Files.createTempDirectory(directory, "layout");
        run("tar", "--extract", "--file", tar.toString(), "--directory", layout.toString());
        return layout;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command)).inheritIO().start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
