package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3986, section 3.2. */
class AuthorityTest {
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, 0",
        "Example.COM:8080, example.com, 8080",
        "localhost:080, localhost, 80",
        "example.com.:1, example.com., 1",
        "push_app:65535, push_app, 65535",
        "[2001:DB8::1], [2001:db8::1], 0",
        "[::1]:443, [::1], 443"
    })
    void isHostAndPort(String text, String host, int port) {
        assertThat(Authority.parse(text)).isEqualTo(new Authority(host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ":80", "a:", "a:0", "a:65536", "a:-1", "a:+1", "a:x", "a b", "a/b", "u@a", "a, b", "a;b", "\"a\"",
                "a?", "a#"
            })
    void orNothing(String text) {
        assertThat(Authority.parse(text)).isNull();
    }
}
