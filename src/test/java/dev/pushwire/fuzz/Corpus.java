package dev.pushwire.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The inputs of a fuzz test: no bytes, the files of its directory, and those that Jazzer makes if it is asked to. */
final class Corpus implements ArgumentsProvider {
    /** Stands for Jazzer's inputs. */
    static final byte[] SEARCH = {};

    /** The working directory of a test is that of the project. */
    static Path directory(Class<?> test) {
        return Path.of("src/test/resources/dev/pushwire/fuzz", test.getSimpleName());
    }

    @Override
    public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context)
            throws IOException {
        Stream<Arguments> nothing = Stream.of(Arguments.argumentSet("nothing", new byte[0]));
        Stream<Arguments> files = files(directory(context.getRequiredTestClass())).stream()
                .map(file -> Arguments.argumentSet(file.getFileName().toString(), read(file)));
        Stream<Arguments> search =
                Fuzzer.isWanted() ? Stream.of(Arguments.argumentSet("what Jazzer finds", SEARCH)) : Stream.of();
        return Stream.of(nothing, files, search).flatMap(part -> part);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
