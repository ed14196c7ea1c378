package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushwire.service.RunningService;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the environment and on a command line, a switch is a text: all that Spring Boot reads as a boolean counts. */
class SwitchesTest {
    private static final String[] SWITCHES = {
        "pushwire.api.enabled",
        "pushwire.push.enabled",
        "pushwire.raw.enabled",
        "pushwire.stream.enabled",
        "pushwire.socketio.enabled",
        "pushwire.demo.enabled"
    };

    private static RunningService with(String value) {
        String[] settings = new String[SWITCHES.length];
        for (int i = 0; i < settings.length; i++) {
            settings[i] = SWITCHES[i] + "=" + value;
        }
        return RunningService.start(settings);
    }

    /** Of the API, of /push without a WebSocket, of an event stream, of Socket.IO, and of the page. */
    private static int[] statuses(RunningService service) {
        return new int[] {
            service.get("/api/topics").statusCode(),
            RunningService.exchange(
                            HttpRequest.newBuilder(service.http("/push/none-1")).POST(BodyPublishers.ofString("{}")))
                    .statusCode(),
            service.get("/topics/news").statusCode(),
            service.get("/socket.io/?EIO=4&transport=polling").statusCode(),
            service.get("/").statusCode()
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "no", "0", "FALSE"})
    void off(String value) {
        try (RunningService service = with(value)) {
            assertThat(statuses(service)).containsExactly(404, 404, 404, 404, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "yes", "1", "True"})
    void on(String value) {
        try (RunningService service = with(value)) {
            assertThat(statuses(service)).containsExactly(200, 404, 200, 200, 200);
        }
    }

    @Test
    void nothingElse() {
        assertThatThrownBy(() -> RunningService.start("pushwire.push.enabled=maybe"))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunningService.start("pushwire.enabled=maybe"))
                .hasStackTraceContaining("pushwire.enabled must be true or false, but is maybe");
    }
}
