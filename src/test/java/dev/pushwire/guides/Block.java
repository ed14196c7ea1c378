package dev.pushwire.guides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of code of a page, fenced or indented.
 *
 * @param heading that it stands under
 * @param language of the fence; empty without one
 * @param lines without the indentation that all of them share
 */
public record Block(Path page, String heading, String language, List<String> lines) {
    private static final Pattern FENCE = Pattern.compile("\\s*```(\\w*)");
    private static final String INDENTATION = "    ";

    @Override
    public String toString() {
        return page + ", " + heading + ": " + lines.getFirst();
    }

    public String text() {
        return String.join("\n", lines);
    }

    /** All blocks of the README and of the pages in {@code docs}, in their order. */
    public static List<Block> ofAllPages() {
        List<Block> all = new ArrayList<>(of(Path.of("README.md")));
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            pages.filter(page -> page.toString().endsWith(".md")).sorted().forEach(page -> all.addAll(of(page)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static List<Block> of(Path page) {
        Collector collector = new Collector(page);
        try {
            Files.readAllLines(page).forEach(collector::line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        collector.line("");
        return collector.blocks;
    }

    private static final class Collector {
        private final Path page;
        private final List<Block> blocks = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();
        private String heading = "";
        private String fence;
        private boolean isBehindEmptyLine;

        Collector(Path page) {
            this.page = page;
        }

        void line(String line) {
            Matcher mark = FENCE.matcher(line);
            if (fence != null) {
                if (mark.lookingAt()) {
                    end(fence);
                    fence = null;
                } else {
                    lines.add(line);
                }
            } else if (mark.lookingAt()) {
                fence = mark.group(1);
            } else if (line.startsWith(INDENTATION) && (isBehindEmptyLine || !lines.isEmpty())) {
                lines.add(line);
            } else {
                end("");
                heading = line.startsWith("#") ? line.replaceFirst("#+ ", "") : heading;
            }
            isBehindEmptyLine = line.isBlank();
        }

        private void end(String language) {
            if (!lines.isEmpty()) {
                blocks.add(new Block(
                        page,
                        heading,
                        language,
                        String.join("\n", lines).stripIndent().lines().toList()));
                lines.clear();
            }
        }
    }
}
