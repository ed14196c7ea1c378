package dev.pushwire.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.CompressionSettings;
import dev.pushwire.connection.ConnectionListener;
import dev.pushwire.connection.Ending;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.tomcat.HandshakeResult;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WebSocketMeters meters = new WebSocketMeters(registry);

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    @Test
    void connectionsComeAndGo() {
        meters.opened("/echo");
        meters.opened("/echo");
        meters.opened("/chat/{room}");
        meters.closed("/echo", new Ending.PeerClosed(CloseStatus.NORMAL), CloseStatus.NORMAL);
        assertThat(gauge("websocket.connections.active", "endpoint", "/echo")).isEqualTo(1);
        assertThat(gauge("websocket.connections.active", "endpoint", "/chat/{room}"))
                .isEqualTo(1);
        assertThat(counter("websocket.connections.opened", "endpoint", "/echo")).isEqualTo(2);
        assertThat(counter("websocket.connections.closed", "endpoint", "/echo", "code", "1000", "ending", "PeerClosed"))
                .isEqualTo(1);
    }

    /** A peer may choose any of 2,000 codes, and each would be a time series. */
    @ParameterizedTest
    @CsvSource({
        "1000, 1000",
        "1006, 1006",
        "1014, 1014",
        "2999, 2999",
        "3000, 3xxx",
        "3999, 3xxx",
        "4000, 4xxx",
        "4999, 4xxx"
    })
    void privateCloseCodesShareATag(int code, String tag) {
        meters.closed("/echo", new Ending.PeerVanished(), new CloseStatus(code));
        assertThat(counter("websocket.connections.closed", "code", tag)).isEqualTo(1);
    }

    @Test
    void everyEndingIsATag() {
        Stream.of(new Ending.WentQuiet(), new Ending.ServerStopping(), new Ending.Backlogged(1))
                .forEach(ending -> meters.closed("/echo", ending, CloseStatus.ABNORMAL));
        for (String ending : List.of("WentQuiet", "ServerStopping", "Backlogged")) {
            assertThat(counter("websocket.connections.closed", "ending", ending))
                    .isEqualTo(1);
        }
    }

    @Test
    void handshakesAreCountedByTheirAnswer() {
        meters.answered("/echo", HandshakeResult.ACCEPTED, 101);
        meters.answered("/echo", HandshakeResult.ACCEPTED, 101);
        meters.answered("/echo", HandshakeResult.ORIGIN, 403);
        assertThat(counter("websocket.handshakes", "endpoint", "/echo", "status", "101"))
                .isEqualTo(2);
        assertThat(counter("websocket.handshakes", "endpoint", "/echo", "status", "403"))
                .isEqualTo(1);
    }

    @Test
    void whoDoesNotComeAsFarAsAHandshakeIsCounted() {
        meters.timedOut();
        meters.timedOut();
        meters.acceptFailed();
        assertThat(counter("websocket.handshake.timeouts")).isEqualTo(2);
        assertThat(counter("websocket.accept.failures")).isEqualTo(1);
    }

    @Test
    void anAnnouncedEndpointIsThereBeforeItsFirstConnection() {
        meters.announce("/echo");
        meters.announce("/echo");
        assertThat(gauge("websocket.connections.active", "endpoint", "/echo")).isZero();
        assertThat(counter("websocket.connections.opened", "endpoint", "/echo")).isZero();
        meters.opened("/echo");
        assertThat(gauge("websocket.connections.active", "endpoint", "/echo")).isEqualTo(1);
    }

    /** Prometheus sees no increase in a series that begins with its first event. */
    @Test
    void whatItMayComeToSeeIsCountedFromZeroOn() {
        meters.announce("/echo");
        for (Class<?> ending : Ending.class.getPermittedSubclasses()) {
            assertThat(registry.get("websocket.connections.closed")
                            .tags("endpoint", "/echo", "ending", ending.getSimpleName())
                            .counters())
                    .as(ending.getSimpleName())
                    .isNotEmpty()
                    .allMatch(counter -> counter.count() == 0);
        }
        assertThat(counter("websocket.handshakes", "endpoint", "/echo", "result", "full", "status", "503"))
                .isZero();
        assertThat(counter("websocket.handshakes", "endpoint", "/echo", "result", "failed", "status", "500"))
                .isZero();
    }

    /** What the table of endings says is told to endpoints is what is foreseen. */
    @ParameterizedTest
    @MethodSource("endings")
    void anEndingThatWasForeseenMakesNoNewSeries(Ending ending) {
        meters.announce("/echo");
        int series = registry.getMeters().size();
        meters.closed("/echo", ending, ending.plan().toEndpoint());
        assertThat(registry.getMeters()).hasSize(series);
    }

    @ParameterizedTest
    @ValueSource(ints = {1002, 1007, 1009})
    void neitherDoesAViolation(int code) {
        meters.announce("/echo");
        int series = registry.getMeters().size();
        meters.closed("/echo", new Ending.PeerViolated(null), new CloseStatus(code));
        assertThat(registry.getMeters()).hasSize(series);
    }

    static Stream<Ending> endings() {
        return Stream.of(
                new Ending.PeerClosed(CloseStatus.NORMAL),
                new Ending.AppClosed(CloseStatus.UNSUPPORTED_TEXT),
                new Ending.AppFailed(new IllegalStateException()),
                new Ending.Backlogged(1),
                new Ending.WentQuiet(),
                new Ending.IdledOut(),
                new Ending.ShortOfMemory(1),
                new Ending.LifetimeOver(),
                new Ending.ServerStopping(),
                new Ending.SessionMoved(),
                new Ending.PeerVanished(),
                new Ending.TransportFailed(new IOException()),
                new Ending.ClosingTimedOut());
    }

    @Test
    void soAreStreamsOfAnEndpointThatMayHaveThem() {
        meters.ofStreams("/topics/{topic}", "sse");
        assertThat(gauge("websocket.connections.active", "endpoint", "/topics/{topic}", "transport", "sse"))
                .isZero();
        int series = registry.getMeters().size();
        ConnectionListener streams = meters.ofStreams("/topics/{topic}", "sse");
        streams.opened("/topics/{topic}");
        streams.closed("/topics/{topic}", new Ending.PeerVanished(), CloseStatus.ABNORMAL);
        assertThat(registry.getMeters()).hasSize(series);
    }

    /** Whichever is there first, the streams or the loops. */
    @Test
    void trafficIsCountedByTransport() {
        try (EventLoopGroup loops =
                new EventLoopGroup("node", 2, Duration.ofHours(1), new CompressionSettings(100, 6))) {
            meters.ofStreams("/topics/{topic}", "sse");
            meters.observe(loops.loops());
            meters.ofStreams("/push", "poll");
            for (String name : List.of(
                    "websocket.messages.received",
                    "websocket.messages.sent",
                    "websocket.bytes.received",
                    "websocket.bytes.sent")) {
                assertThat(registry.get(name).functionCounters())
                        .extracting(counter -> counter.getId().getTag("transport"))
                        .as(name)
                        .containsExactlyInAnyOrder("websocket", "sse", "poll");
            }
        }
    }

    @Test
    void trafficOfTheLoopsIsThereFromTheStart() {
        try (EventLoopGroup loops =
                new EventLoopGroup("node", 2, Duration.ofHours(1), new CompressionSettings(100, 6))) {
            meters.observe(loops.loops());
            for (String opcode : List.of("continuation", "text", "binary", "close", "ping", "pong")) {
                for (String name : List.of("websocket.frames.received", "websocket.frames.sent")) {
                    assertThat(registry.get(name)
                                    .tag("opcode", opcode)
                                    .functionCounter()
                                    .count())
                            .isZero();
                }
            }
            assertThat(registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName))
                    .contains(
                            "websocket.messages.received",
                            "websocket.messages.sent",
                            "websocket.bytes.received",
                            "websocket.bytes.sent",
                            "websocket.inflate.bytes",
                            "websocket.deflate.bytes");
        }
    }
}
