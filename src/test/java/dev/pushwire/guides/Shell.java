package dev.pushwire.guides;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.StringJoiner;

/** A shell that keeps its variables from one command to the next, like that of a reader who follows a page. */
final class Shell implements AutoCloseable {
    private static final String END = "-- end of a command: ";

    private final Process process;
    private final Writer in;
    private final BufferedReader out;

    /** @param beginning commands that define what the page's commands need */
    Shell(String beginning) throws IOException {
        process = new ProcessBuilder("bash", "--norc").redirectErrorStream(true).start();
        in = process.outputWriter(UTF_8);
        out = process.inputReader(UTF_8);
        run(beginning);
    }

    /** @param status of the command's end, 0 where it succeeded */
    record Result(int status, String output) {}

    Result run(String command) throws IOException {
        in.write("{\n" + command + "\n} </dev/null\nprintf '\\n%s%s\\n' '" + END + "' \"$?\"\n");
        in.flush();
        StringJoiner output = new StringJoiner("\n");
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(END)) {
                return new Result(
                        Integer.parseInt(line.substring(END.length())),
                        output.toString().strip());
            }
            output.add(line);
        }
        throw new AssertionError("The shell ended with " + command + "\n" + output);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
