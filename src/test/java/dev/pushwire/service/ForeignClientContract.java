package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every WebSocket client can do with the service. */
abstract class ForeignClientContract {
    private final RunningService service = RunningService.with();

    /** Connects, offering a subprotocol unless it is empty. */
    abstract ForeignClient connect(RunningService service, String path, String subprotocol);

    private ForeignClient connect(String path) {
        return connect(service, path, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "Grüße, 世界 😀", "\u0000\n\"\\"})
    void getsTextBack(String text) {
        try (ForeignClient client = connect("/echo")) {
            client.sendText(text);
            assertThat(client.next()).isEqualTo("text " + text);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 300_000})
    void getsBinaryBack(int size) {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        try (ForeignClient client = connect("/echo")) {
            client.sendBinary(data);
            assertThat(client.next()).isEqualTo("binary " + HexFormat.of().formatHex(data));
        }
    }

    @Test
    void getsALargeTextBack() {
        String text = "0123456789abcdef".repeat(65_536); // 1 MiB, as much as the service takes
        try (ForeignClient client = connect("/echo")) {
            client.sendText(text);
            assertThat(client.next().equals("text " + text)).as("the same text").isTrue();
        }
    }

    @Test
    void getsAMessageInFragmentsBack() {
        try (ForeignClient client = connect("/echo")) {
            client.sendFragments("two ha", "lves ½");
            assertThat(client.next()).isEqualTo("text two halves ½");
        }
    }

    @Test
    void getsManyMessagesBackInOrder() {
        try (ForeignClient client = connect("/echo")) {
            for (int i = 0; i < 1_000; i++) {
                client.sendText("message " + i);
            }
            for (int i = 0; i < 1_000; i++) {
                assertThat(client.next()).isEqualTo("text message " + i);
            }
        }
    }

    @Test
    void getsItsPingAnswered() {
        try (ForeignClient client = connect("/echo")) {
            client.ping("are you there?");
            assertThat(client.next()).isEqualTo("pong are you there?");
        }
    }

    @Test
    void getsTheSubprotocolItOffers() {
        try (ForeignClient client = connect(service, "/echo", "echo-protocol")) {
            assertThat(client.subprotocol()).isEqualTo("echo-protocol");
        }
        try (ForeignClient client = connect("/echo")) {
            assertThat(client.subprotocol()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 3000, 4999})
    void closesWithACodeAndAReason(int code) {
        Probe probe = Probe.on(Execution.VIRTUAL_THREAD);
        try (ForeignClient client = connect(probe.path())) {
            probe.assertOpened();
            client.sendClose(code, "so long 😀");
            assertThat(client.next()).isEqualTo("close " + code + " so long 😀");
            probe.assertClosed(code, "so long 😀");
        }
    }

    @Test
    void learnsWhyTheServiceCloses() {
        try (ForeignClient client = connect("/topics/news")) {
            client.sendText("hello?");
            assertThat(client.next())
                    .isEqualTo("close 1003 subscribers only receive; publish with POST /topics/{topic}");
        }
    }

    @Test
    void chatsWithOthers() {
        try (ForeignClient one = connect("/chat/" + getClass().getSimpleName());
                ForeignClient two = connect("/chat/" + getClass().getSimpleName())) {
            one.sendText("hello");
            assertThat(one.next()).isEqualTo("text hello");
            assertThat(two.next()).isEqualTo("text hello");
        }
    }
}
