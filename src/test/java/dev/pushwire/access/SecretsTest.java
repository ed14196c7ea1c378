package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class SecretsTest {
    private static final Secrets.Rule SOME_LETTERS = new Secrets.Rule() {
        @Override
        public boolean accepts(String secret) {
            return secret.length() >= 4;
        }

        @Override
        public String sentence() {
            return "four letters or more";
        }
    };

    @TempDir
    private Path folder;

    private Secrets secrets(String configured, Path file) {
        return new Secrets("pushwire.some", configured, file, SOME_LETTERS);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("secrets"), text);
    }

    private static void assertGood(Secrets secrets, String... texts) {
        assertThat(secrets.current().stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                .containsExactly(texts);
        for (String text : texts) {
            assertThat(secrets.contain(text.getBytes(StandardCharsets.UTF_8))).isTrue();
        }
        assertThat(secrets.contain("something else".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void allAreGoodAtOnce() throws IOException {
        assertGood(secrets("alpha", null), "alpha");
        assertGood(secrets(null, file("  beta \n\n\tgamma\r\n")), "beta", "gamma");
        assertGood(secrets("alpha", file("beta")), "alpha", "beta");
    }

    @Test
    void thereMustBeOne() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets(null, null))
                .withMessage("pushwire.some.secret must be set, or pushwire.some.secret-file");
        Path empty = file("\n \n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets(null, empty))
                .withMessage("pushwire.some.secret-file: " + empty + " has no secret");
    }

    @Test
    void oneThatBreaksTheRuleIsNamedByItsPlace() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets("xyz", null))
                .withMessage("pushwire.some.secret cannot be used: four letters or more");
        Path file = file("beta\nxyz");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets(null, file))
                .withMessage(
                        "pushwire.some.secret-file: secret 2 in " + file + " cannot be used: four letters or more");
    }

    @Test
    void aFileIsNeitherMissingNorEndless() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets(null, folder.resolve("none")))
                .withMessageStartingWith("pushwire.some.secret-file: ")
                .withMessageEndingWith("cannot be read: NoSuchFileException");
        Path large = file("x".repeat(64 * 1024 + 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets(null, large))
                .withMessageEndingWith("is larger than 65536 bytes");
        Path many = file("beta\n".repeat(Secrets.MOST + 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secrets(null, many))
                .withMessageEndingWith("has more than 16 secrets");
    }

    @Test
    void aFileIsReadAgain() throws IOException {
        Secrets secrets = secrets("alpha", file("beta"));
        file("beta\ngamma");
        assertGood(secrets, "alpha", "beta");
        secrets.reread();
        assertGood(secrets, "alpha", "beta", "gamma");
        file("gamma");
        secrets.reread();
        assertGood(secrets, "alpha", "gamma");
    }

    /** The kubelet puts the files into a folder of their own, and lets one link point to the newest such folder. */
    @Test
    void theFileMayLieBehindLinksThatAreSwapped() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("..2026_1")).resolve("key"), "beta");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
        Path file = Files.createSymbolicLink(folder.resolve("key"), Path.of("..data/key"));
        Secrets secrets = secrets(null, file);

        Files.writeString(Files.createDirectory(folder.resolve("..2026_2")).resolve("key"), "gamma");
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_2"));
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        secrets.reread();
        assertGood(secrets, "gamma");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xyz", "gamma\nxyz"})
    @ExtendWith(OutputCaptureExtension.class)
    void aFileThatCannotBeUsedChangesNothingAndIsSaidOnce(String text, CapturedOutput output) throws IOException {
        Path file = file("beta");
        Secrets secrets = secrets(null, file);
        file(text);
        secrets.reread();
        secrets.reread();
        assertGood(secrets, "beta");
        assertThat(output.toString().split("stay good", -1)).hasSize(2);
        assertThat(output).contains("pushwire.some.secret-file").doesNotContain("xyz", "gamma");

        file("gamma");
        secrets.reread();
        assertGood(secrets, "gamma");
        Files.delete(file);
        secrets.reread();
        assertGood(secrets, "gamma");
        assertThat(output.toString().split("stay good", -1)).hasSize(3);
    }

    @Test
    void nothingShowsThem() {
        assertThat(secrets("alpha", null)).hasToString("Secrets[pushwire.some]");
    }
}
