package dev.pushwire.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushwire.connection.CompressionSettings;
import dev.pushwire.connection.Limits;
import dev.pushwire.protocol.DeflatePolicy;
import dev.pushwire.protocol.MessageLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

class WebSocketPropertiesTest {
    private static final String PREFIX = "pushwire.websocket.";

    private static WebSocketProperties with(Map<String, String> properties) {
        List<ConfigurationPropertySource> sources = List.of(new MapConfigurationPropertySource(properties));
        return new Binder(sources, null, ApplicationConversionService.getSharedInstance(), null)
                .bindOrCreate("pushwire.websocket", WebSocketProperties.class);
    }

    private static WebSocketProperties with(String property, String value) {
        return with(Map.of(PREFIX + property, value));
    }

    @Test
    void withoutAnyTheDefaultsHold() {
        WebSocketProperties defaults = with(Map.of());
        assertThat(defaults.limits())
                .isEqualTo(new Limits(
                        new MessageLimits(1_048_576, 100_000),
                        1_048_576,
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        Duration.ZERO));
        assertThat(defaults.maxConnections()).as("what the heap holds").isNull();
        assertThat(defaults.handshakeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(defaults.allowedOrigins()).isEmpty();
        assertThat(defaults.loops()).isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        assertThat(defaults.compression().policy()).isEqualTo(new DeflatePolicy(false, 15));
        assertThat(defaults.compression().settings()).isEqualTo(new CompressionSettings(256, 6));
    }

    @Test
    void eachHasItsPlace() {
        WebSocketProperties all = with(Map.ofEntries(
                Map.entry(PREFIX + "max-message-size", "2KB"),
                Map.entry(PREFIX + "max-fragments", "3"),
                Map.entry(PREFIX + "max-connections", "4"),
                Map.entry(PREFIX + "outbox-limit", "5KB"),
                Map.entry(PREFIX + "ping-interval", "6s"),
                Map.entry(PREFIX + "pong-timeout", "7s"),
                Map.entry(PREFIX + "close-timeout", "8s"),
                Map.entry(PREFIX + "idle-timeout", "9m"),
                Map.entry(PREFIX + "max-lifetime", "10h"),
                Map.entry(PREFIX + "handshake-timeout", "11s"),
                Map.entry(PREFIX + "allowed-origins", "https://app.example.com, *.example.com"),
                Map.entry(PREFIX + "event-loops", "12"),
                Map.entry(PREFIX + "compression.threshold", "13B"),
                Map.entry(PREFIX + "compression.level", "1"),
                Map.entry(PREFIX + "compression.context-takeover", "true"),
                Map.entry(PREFIX + "compression.max-window-bits", "14")));
        assertThat(all.limits())
                .isEqualTo(new Limits(
                        new MessageLimits(2_048, 3),
                        5_120,
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofMinutes(9),
                        Duration.ofHours(10)));
        assertThat(all.maxConnections()).isEqualTo(4);
        assertThat(all.handshakeTimeout()).isEqualTo(Duration.ofSeconds(11));
        assertThat(all.allowedOrigins()).containsExactly("https://app.example.com", "*.example.com");
        assertThat(all.loops()).isEqualTo(12);
        assertThat(all.compression().settings()).isEqualTo(new CompressionSettings(13, 1));
        assertThat(all.compression().policy()).isEqualTo(new DeflatePolicy(true, 14));
    }

    @Test
    void compressionMayBeOff() {
        assertThat(with("compression.enabled", "false").compression().policy()).isNull();
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            PROPERTY,                    SMALLEST, LARGEST,    TOO SMALL, TOO LARGE
            max-message-size,            1B,       1GB,        0B,        1025MB
            max-fragments,               1,        2147483647, 0,
            max-connections,             1,        2147483647, 0,
            outbox-limit,                1B,       1GB,        0B,        1025MB
            ping-interval,               0s,       365d,       -1s,       366d
            pong-timeout,                1ns,      365d,       0s,        366d
            close-timeout,               1ns,      365d,       0s,        366d
            idle-timeout,                0s,       365d,       -1s,       366d
            max-lifetime,                0s,       365d,       -1s,       366d
            handshake-timeout,           1ns,      1h,         0s,        61m
            event-loops,                 0,        1000,       -1,
            compression.threshold,       0B,       1GB,        -1B,       1025MB
            compression.level,           1,        9,          0,         10
            compression.max-window-bits, 9,        15,         8,         16
            """)
    void whatCannotBeUsedFailsWithItsName(
            String property, String smallest, String largest, String tooSmall, String tooLarge) {
        with(property, smallest).limits();
        with(property, largest).limits();
        assertRefused(property, tooSmall);
        if (tooLarge != null) {
            assertRefused(property, tooLarge);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.example.com", "https://", "*example.com", "https://*", "https://a.*.example.com"})
    void whatIsNoOriginFailsWithItsName(String origin) {
        assertRefused("allowed-origins", origin);
    }

    private static void assertRefused(String property, String value) {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> with(property, value))
                .havingRootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .withMessageStartingWith(PREFIX + property);
    }
}
