import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * Lays out the files of the container image: {@code opt/java}, a runtime of the modules that the jars use; {@code app},
 * the application and its libraries; and {@code app/pushwire.aot}, the AOT cache of this runtime running this
 * application. The profile "image" in pom.xml runs it, and docs/image.md says why.
 *
 * <pre>java src/image/ImageTree.java jar tree time-stamp-of-all-files the-runtimes-flags</pre>
 */
final class ImageTree {

    /** A module that the jars do not use: jcmd, for operators that look into a running container. */
    private static final String MORE_MODULES = "jdk.jcmd";

    /** The libraries to which the JVM, and the JDK's libraries that Pushwire loads, may be linked. */
    private static final List<String> GLIBC = List.of("libc", "libdl", "libm", "libpthread", "librt");

    private final Path tree;
    private final Path runtime;
    private final Path app;

    private ImageTree(Path tree) {
        this.tree = tree;
        this.runtime = tree.resolve("opt/java");
        this.app = tree.resolve("app");
    }

    public static void main(String[] args) throws Exception {
        try {
            if (!System.getProperty("os.name").equals("Linux")) {
                throw new IllegalStateException("the image's runtime is made of the JDK that builds it, so that has to be"
                        + " one for Linux. Elsewhere: docker build -f src/image/Dockerfile .");
            }
            var tree = new ImageTree(Path.of(args[1]).toAbsolutePath());
            tree.layOut(Path.of(args[0]), FileTime.from(Instant.parse(args[2])), args[3]);
        } catch (IllegalStateException failure) {
            System.err.println("image: " + failure.getMessage());
            System.exit(1);
        }
    }

    private void layOut(Path jar, FileTime timeStamp, String flags) throws Exception {
        deleteAll(tree);
        Files.createDirectories(runtime.getParent());
        extract(jar);
        link(flags);
        sayWhatTheBaseMustHave();
        stamp(timeStamp); // before the training: a cache is valid only for jars with the time stamps that it has seen
        Path cache = new Training(runtime, app).run();
        stamp(timeStamp);
        System.out.printf("image: AOT cache of %d MB%n", Files.size(cache) / 1_000_000);
    }

    /** Unpacks the jars within the jar, since the JVM cannot cache classes of nested jars. */
    private void extract(Path jar) throws Exception {
        String java = ProcessHandle.current().info().command().orElse("java");
        run(java, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", app.toString(),
                "--application-filename", Training.JAR);
    }

    private void link(String flags) throws IOException {
        List<String> jars = new ArrayList<>(List.of(app.resolve(Training.JAR).toString()));
        try (var libraries = Files.list(app.resolve("lib"))) {
            libraries.map(Path::toString).sorted().forEach(jars::add);
        }
        List<String> jdeps = new ArrayList<>(List.of("-quiet", "--print-module-deps", "--ignore-missing-deps"));
        jdeps.addAll(List.of("--multi-release", "" + Runtime.version().feature()));
        jdeps.addAll(List.of("--class-path", String.join(File.pathSeparator, jars)));
        jdeps.addAll(jars);
        String modules = tool("jdeps", jdeps) + "," + MORE_MODULES;
        System.out.println("image: runtime of " + modules);
        tool("jlink", List.of("--add-modules", modules, "--output", runtime.toString(), "--add-options=" + flags,
                "--compress", "zip-6", "--no-header-files", "--no-man-pages"));
    }

    private void sayWhatTheBaseMustHave() throws Exception {
        for (String file : List.of("bin/java", "lib/server/libjvm.so", "lib/libjava.so", "lib/libnio.so", "lib/libzip.so")) {
            run("ldd", runtime.resolve(file).toString()).lines()
                    .filter(line -> line.contains(" => /") && !line.contains(runtime.toString()))
                    .filter(line -> !GLIBC.contains(line.strip().split("\\.so")[0]))
                    .forEach(line -> System.out.println("image: this JDK's " + file + " needs " + line.strip()
                            + ": the base image must have it. Eclipse Temurin needs nothing but glibc."));
        }
    }

    private void stamp(FileTime timeStamp) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (Path path : paths.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                Files.setLastModifiedTime(path, timeStamp);
            }
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static String tool(String name, List<String> arguments) {
        var output = new StringWriter();
        var writer = new PrintWriter(output);
        int code = ToolProvider.findFirst(name).orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        return succeeded(name, code, output.toString());
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        return succeeded(command[0], process.waitFor(), output);
    }

    private static String succeeded(String name, int code, String output) {
        if (code != 0) {
            throw new IllegalStateException(name + " failed: " + output.strip());
        }
        return output.strip();
    }
}
