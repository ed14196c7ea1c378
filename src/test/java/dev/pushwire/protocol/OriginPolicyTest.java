package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 10.2: which pages may ask. */
class OriginPolicyTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            ORIGIN OF THE PAGE,      ADDRESS IT ASKS,         ALLOWED
            http://example.com,      http://example.com:80,   true
            https://example.com,     https://example.com:443, true
            http://example.com:8080, http://example.com:8080, true
            http://EXAMPLE.com,      http://example.COM:80,   true
            http://[::1]:8080,       http://[::1]:8080,       true
            http://example.com,      http://other.com:80,     false
            http://a.example.com,    http://example.com:80,   false
            http://example.com,      http://a.example.com:80, false
            http://example.com:8080, http://example.com:80,   false
            http://example.com,      http://example.com:8080, false
            http://example.com:443,  https://example.com:443, false
            http://example.com,      https://example.com:443, false
            https://example.com,     http://example.com:80,   true
            https://example.com:444, http://example.com:80,   false
            https://example.com,     http://example.com:8080, false
            https://example.com:80,  https://example.com:80,  true
            http://example.com,      http://example.com,      true
            http://example.com:81,   http://example.com,      false
            https://example.com,     http://example.com,      true
            https://example.com,     https://example.com,     true
            https://example.com:444, https://example.com,     false
            http://example.com,      https://example.com,     false
            https://example.com:444, http://example.com:444,  true
            ftp://example.com:80,    http://example.com:80,   false
            null,                    http://example.com:80,   false
            '',                      http://example.com:80,   false
            example.com,             http://example.com:80,   false
            http://example.com/,     http://example.com:80,   false
            """)
    void theSameOriginByDefault(String origin, String address, boolean allowed) {
        assertThat(allows("", origin, address)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            PATTERNS,                               ORIGIN OF THE PAGE,           ALLOWED
            *,                                      https://any.where:1234,       true
            *,                                      null,                         true
            https://app.example.com,                https://app.example.com,      true
            https://app.example.com:443,            https://APP.example.com,      true
            HTTPS://APP.EXAMPLE.COM,                https://app.example.com,      true
            https://app.example.com,                http://app.example.com,       false
            https://app.example.com,                https://app.example.com:8443, false
            https://app.example.com,                https://example.com,          false
            https://app.example.com,                https://x.app.example.com,    false
            http://localhost:3000,                  http://localhost:3000,        true
            http://localhost:3000,                  http://localhost:3001,        false
            *.example.com,                          https://app.example.com,      true
            *.Example.Com,                          http://a.b.example.com:8080,  true
            *.example.com,                          https://example.com,          false
            *.example.com,                          https://badexample.com,       false
            *.example.com,                          https://example.com.evil.org, false
            *.example.com,                          null,                         false
            https://*.example.com,                  https://app.example.com,      true
            https://*.example.com,                  https://a.b.example.com,      true
            https://*.example.com,                  https://example.com,          false
            https://*.example.com,                  http://app.example.com,       false
            https://*.example.com,                  https://app.example.com:8443, false
            https://*.example.com:8443,             https://app.example.com:8443, true
            https://a.example https://b.example,    https://b.example,            true
            https://a.example *,                    https://c.example,            true
            """)
    void andThoseOfThePatterns(String patterns, String origin, boolean allowed) {
        assertThat(allows(patterns, origin, "http://push.internal:80")).isEqualTo(allowed);
    }

    @Test
    void anyOfTheAddressesWillDo() {
        List<Authority> addresses = List.of(new Authority("example.com", 0), new Authority("example.com", 8443));
        HandshakeRequest request = new HandshakeRequest("GET", "HTTP/1.1", _ -> List.of(), true, addresses);
        OriginPolicy policy = new OriginPolicy(List.of());
        assertThat(policy.allows("https://example.com", request)).isTrue();
        assertThat(policy.allows("https://example.com:8443", request)).isTrue();
        assertThat(policy.allows("https://example.com:8080", request)).isFalse();
    }

    @Test
    void patternsAreBesidesTheSameOrigin() {
        assertThat(allows("https://app.example.com", "http://push.internal", "http://push.internal:80"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "null",
                "**",
                "*.",
                "*example.com",
                "*.*.example.com",
                "*.example.com:8443",
                "*.example.com/",
                "*.exam ple.com",
                "https://",
                "https://*",
                "https://*.",
                "https://*example.com",
                "https://app.*.com",
                "https://*.*.com",
                "https://app.example.com/",
                "https://app.example.com:x",
                "app.example.com:443"
            })
    void aPatternThatCouldNeverMatchIsRefused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OriginPolicy(List.of("https://fine.example", pattern)))
                .withMessageContaining("'" + pattern + "'")
                .withMessageContaining("https://app.example.com");
    }

    private static boolean allows(String patterns, String origin, String address) {
        URI asked = URI.create(address);
        HandshakeRequest request = new HandshakeRequest(
                "GET",
                "HTTP/1.1",
                _ -> List.of(),
                asked.getScheme().equals("https"),
                List.of(Authority.parse(asked.getRawAuthority())));
        List<String> list =
                Arrays.stream(patterns.split(" ")).filter(s -> !s.isEmpty()).toList();
        return new OriginPolicy(list).allows(origin, request);
    }
}
