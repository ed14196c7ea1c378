package dev.pushwire.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clients for Java and Python. The tests that start browsers have the clients there. */
@Timeout(150)
class SocketIoForeignClientsTest {
    /** Debian's, which has the packages. */
    private static final String PYTHON = "/usr/bin/python3";

    @Test
    void java() throws Exception {
        SocketIoDialogue.assertHeldBy(new JavaSocketIo());
    }

    @Test
    void python() throws Exception {
        Requirements.require(
                hasPython(),
                "python-socketio is not tested: install Debian's python3-socketio, python3-requests and python3-websocket");
        SocketIoDialogue.assertHeldBy(SocketIoForeignClientsTest::talkInPython);
    }

    private static boolean hasPython() throws Exception {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import socketio, requests, websocket")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> talkInPython(String url, Runnable cut) throws IOException {
        Process process = new ProcessBuilder(
                        PYTHON, Path.of("src/test/python/socketio-client.py").toString(), url)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> seen = new ArrayList<>();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals("cut")) {
                    cut.run();
                } else {
                    seen.add(line);
                }
            }
        } finally {
            process.destroyForcibly();
        }
        return seen;
    }
}
