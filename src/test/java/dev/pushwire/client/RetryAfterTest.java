package dev.pushwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "too many messages per second; retry in 1 s | 1",
                "the server is full; retry in 30 s | 30",
                "the server is full; retry in 999999999 s | 300",
                "the server is full; retry in 9999999999 s | 0",
                "retry in a while | 0",
                "; retry in 5 s, please | 0"
            })
    void isInTheReason(String reason, long seconds) {
        assertThat(RetryAfter.of(reason)).isEqualTo(Duration.ofSeconds(seconds));
    }

    /** What a handshake was answered with. */
    private static WebSocketHandshakeException refused(int status, Map<String, List<String>> headers) {
        return new WebSocketHandshakeException((HttpResponse<?>) Proxy.newProxyInstance(
                RetryAfterTest.class.getClassLoader(), new Class<?>[] {HttpResponse.class}, (_, method, _) -> {
                    return method.getName().equals("statusCode") ? status : HttpHeaders.of(headers, (_, _) -> true);
                }));
    }

    @Test
    void isInTheAnswerToAHandshake() {
        String reason = RetryAfter.reason(refused(503, Map.of("Retry-After", List.of("7"))));
        assertThat(RetryAfter.of(reason)).isEqualTo(Duration.ofSeconds(7));
        assertThat(reason).startsWith("HTTP status 503");
        Map<String, List<String>> date = Map.of("Retry-After", List.of("Wed, 21 Oct 2026 07:28:00 GMT"));
        assertThat(RetryAfter.reason(refused(429, date))).isEqualTo("HTTP status 429");
        assertThat(RetryAfter.reason(refused(401, Map.of()))).isEqualTo("HTTP status 401");
    }

    @ParameterizedTest
    @CsvSource({"Connection refused", "'no such host'"})
    void isNotInOtherFailures(String message) {
        assertThat(RetryAfter.reason(new IOException(message))).isEqualTo(message);
    }
}
