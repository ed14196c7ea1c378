package dev.pushwire.service;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import me.normanmaurer.maven.autobahntestsuite.FuzzingCaseResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.python.util.PythonInterpreter;

/**
 * The Autobahn TestSuite's fuzzing client against the echo. Its judgement of each case, and of how each ended, must be the
 * one in {@code autobahn-expected.txt}. There is a page about each case in {@code target/autobahntestsuite-reports}.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class AutobahnTest {
    /** Framing, pings, reserved bits, opcodes, fragmentation, UTF-8, closing, limits and performance, segmentation. */
    private static final List<String> CASES = List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "9.*", "10.*");

    /** Each of the suite's deadlines that a busy machine may miss, longer. It compares texts with what it sent anyway. */
    private static final Map<String, Object> OPTIONS =
            Map.of("closeHandshakeTimeout", 30, "serverConnectionDropTimeout", 30, "utf8validateIncoming", false);

    private static final String PATIENCE = """
            import io  # before Jython takes the io of io.micrometer for it
            from autobahntestsuite.fuzzing import FuzzingProtocol
            kill_after = FuzzingProtocol.killAfter
            FuzzingProtocol.killAfter = lambda self, delay: kill_after(self, 30 * delay)
            """;

    /** The suite's largest message has 16 MiB. While Python works on that one, it answers no ping. */
    private final RunningService service =
            RunningService.with("pushwire.websocket.max-message-size=16MB", "pushwire.websocket.ping-interval=0");

    @Test
    void everyCaseIsJudgedAsExpected() throws Exception {
        List<FuzzingCaseResult> results;
        try (PythonInterpreter python = new PythonInterpreter()) { // to close it closes the sockets of all
            python.exec(PATIENCE);
            results = AutobahnTestSuite.runFuzzingClient(
                    "pushwire", "ws://127.0.0.1:" + service.port() + "/echo", OPTIONS, CASES, List.of());
        }
        Set<String> judgements = results.stream().map(AutobahnTest::judgement).collect(toSet());
        assertThat(difference(judgements, expected()))
                .as("judged otherwise than expected")
                .isEmpty();
        assertThat(difference(expected(), judgements))
                .as("expected, but not judged so")
                .isEmpty();
    }

    private static Set<String> difference(Set<String> one, Set<String> other) {
        Set<String> difference = new TreeSet<>(one);
        difference.removeAll(other);
        return difference;
    }

    private static String judgement(FuzzingCaseResult result) {
        Object behavior = result.behavior();
        Object closing = result.behaviorClose();
        return result.caseName() + " " + behavior + " " + closing;
    }

    private static Set<String> expected() throws IOException {
        try (InputStream file = AutobahnTest.class.getResourceAsStream("/autobahn-expected.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(toSet());
        }
    }
}
