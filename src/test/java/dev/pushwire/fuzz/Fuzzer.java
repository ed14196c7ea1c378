package dev.pushwire.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Lets Jazzer call a fuzz test, in a process of its own, since its agent changes every class. */
final class Fuzzer implements InvocationInterceptor {
    private static final String SECONDS = "FUZZ_SECONDS";

    static boolean isWanted() {
        return System.getenv(SECONDS) != null;
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        if (call.getArguments().getFirst() == Corpus.SEARCH) {
            invocation.skip();
            search(call.getTargetClass());
        } else {
            invocation.proceed();
        }
    }

    private static void search(Class<?> test) throws IOException, InterruptedException {
        Process jazzer =
                new ProcessBuilder(command(test)).redirectErrorStream(true).start();
        jazzer.inputReader()
                .lines()
                .filter(line -> !line.matches("#.*(NEW|REDUCE) .*|INFO: (Loaded|Instrumented) .*")) // many
                .forEach(System.out::println);
        assertThat(jazzer.waitFor())
                .as("Jazzer's exit code: 77 when it has put an input that fails into " + Corpus.directory(test))
                .isZero();
    }

    private static List<String> command(Class<?> test) throws IOException {
        Path found = Files.createDirectories(Path.of("target/fuzz", test.getSimpleName()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "-Djdk.attach.allowAttachSelf=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + FuzzTarget.class.getName(),
                "--target_args=" + test.getName(),
                "--instrumentation_includes=dev.pushwire.**",
                "--custom_hook_includes=dev.pushwire.**",
                "--reproducer_path=target/fuzz",
                "-artifact_prefix=" + Corpus.directory(test) + "/",
                "-max_total_time=" + System.getenv(SECONDS),
                "-timeout=20",
                "-rss_limit_mb=0")); // a JVM's memory says nothing about ours
        Path dictionary = Corpus.directory(test).resolveSibling(test.getSimpleName() + ".dict");
        if (Files.exists(dictionary)) {
            command.add("-dict=" + dictionary);
        }
        command.add(found.toString());
        command.add(Corpus.directory(test).toString());
        return command;
    }
}
