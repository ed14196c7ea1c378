package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6454. */
class OriginTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            http://example.com,        http,  example.com,   80
            https://example.com,       https, example.com,   443
            ws://example.com,          ws,    example.com,   80
            wss://example.com,         wss,   example.com,   443
            http://example.com:80,     http,  example.com,   80
            http://localhost:8080,     http,  localhost,     8080
            HTTPS://Example.COM:8443,  https, example.com,   8443
            http://127.0.0.1:65535,    http,  127.0.0.1,     65535
            http://[::1],              http,  [::1],         80
            https://[2001:DB8::1]:444, https, [2001:db8::1], 444
            capacitor://localhost,   capacitor, localhost,   0
            """)
    void isSchemeHostAndPort(String text, String scheme, String host, int port) {
        assertThat(Origin.parse(text)).isEqualTo(new Origin(scheme, host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "example.com",
                "example.com:80",
                "://example.com",
                "http:/example.com",
                "http://",
                "http://:80",
                "http://example.com:",
                "http://example.com:0",
                "http://example.com:-1",
                "http://example.com:+80",
                "http://example.com:x",
                "http://example.com:123456",
                "http://example.com/",
                "http://example.com/path",
                "http://example.com?query",
                "http://example.com#fragment",
                "http://user@example.com",
                "http://exam ple.com",
                "http://a.example http://b.example",
                "file:///etc/passwd"
            })
    void orNothing(String text) {
        assertThat(Origin.parse(text)).isNull();
    }
}
