package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class TraceContextTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static MockHttpServletRequest request(String trace) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Traceparent", trace);
        return request;
    }

    @ParameterizedTest
    @ValueSource(strings = {TRACE, "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff"})
    void isTakenWhereItIsWanted(String trace) {
        assertThat(new TraceContext(true).of(request(trace))).isEqualTo(trace);
        assertThat(new TraceContext(false).of(request(trace))).isNull();
        assertThat(new TraceContext(true).of(new MockHttpServletRequest())).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-\"}"
            })
    void isNoneWhereItCannotBeRead(String trace) {
        assertThat(new TraceContext(true).of(request(trace))).isNull();
    }
}
