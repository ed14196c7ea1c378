package dev.pushwire.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.protocol.Authority;
import dev.pushwire.protocol.HandshakeRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ServletHandshakeTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/chat/7");

    private Handshake handshake() {
        return ServletHandshake.copyOf(request, "/chat/7", Map.of("room", "7"));
    }

    /** The parameter {@code a} of a query string. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, nullValues = "absent", textBlock = """
            QUERY,                    VALUE
            absent,                   absent
            '',                       absent
            a=1,                      1
            b=2&a=1,                  1
            b=2,                      absent
            A=1,                      absent
            aa=1,                     absent
            a=,                       ''
            a,                        ''
            a&b=2,                    ''
            a=1&a=2,                  1
            a=x=y,                    x=y
            a=x+y,                    x y
            a=x%20y,                  x y
            a=x%2By,                  x+y
            a=x%26y,                  x&y
            %61=1,                    1
            a=gr%C3%BCn,              grün
            a=%F0%9F%98%80,           😀
            &&a=1&,                   1
            =x&a=1,                   1
            a=%zz,                    %zz
            a=%,                      %
            a=100%,                   100%
            a=1&b=%zz,                1
            b=%zz&a=1,                1
            %zz=2&a=1,                1
            a={x},                    {x}
            'a=<"x">',                '<"x">'
            a=a b,                    a b
            a=grün,                   grün
            """)
    void aQueryParameterIsDecodedWhereThatCanBeDone(String query, String value) {
        request.setQueryString(query);
        assertThat(handshake().queryParameter("a")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"x y, x+y=1", "x y, x%20y=1", "a[0], a[0]=1", "a[0], a%5B0%5D=1", "ü, %C3%BC=1", "a.b, a.b=1"})
    void aQueryParameterMayHaveAnyName(String name, String query) {
        request.setQueryString(query);
        assertThat(handshake().queryParameter(name)).isEqualTo("1");
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        request.setQueryString("a=%FF");
        assertThat(handshake().queryParameter("a")).isEqualTo("\uFFFD");
    }

    @Test
    void headersHaveTheirLinesAndNoCase() {
        request.addHeader("X-Forwarded-For", "203.0.113.5");
        request.addHeader("X-Forwarded-For", "203.0.113.6");
        assertThat(handshake().headers("x-forwarded-for")).containsExactly("203.0.113.5", "203.0.113.6");
        assertThat(handshake().header("X-FORWARDED-FOR")).isEqualTo("203.0.113.5");
        assertThat(handshake().headers("absent")).isEmpty();
        assertThat(handshake().header("absent")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat,superchat", "chat , superchat", " chat,,superchat,", "chat\tsuperchat"})
    void offeredSubprotocolsAreThoseOfAllLines(String line) {
        for (String each : line.split("\t")) {
            request.addHeader("Sec-WebSocket-Protocol", each);
        }
        assertThat(handshake().offeredSubprotocols()).containsExactly("chat", "superchat");
    }

    @Test
    void keepsWhatTheRequestWas() {
        request.setUserPrincipal(() -> "Ann");
        request.setRemoteAddr("203.0.113.5");
        Handshake handshake = handshake();
        assertThat(handshake.path()).isEqualTo("/chat/7");
        assertThat(handshake.pathVariables()).containsExactly(Map.entry("room", "7"));
        assertThat(handshake.principal().getName()).isEqualTo("Ann");
        assertThat(handshake.remoteAddress()).isEqualTo("203.0.113.5");
        assertThat(handshake.offeredSubprotocols()).isEmpty();
    }

    @Test
    void outlivesTheRequest() {
        request.addHeader("X-Name", "Ann");
        request.setQueryString("a=1");
        Handshake handshake = handshake();
        request.removeHeader("X-Name");
        request.setQueryString("a=2");
        request.setRemoteAddr("203.0.113.5");
        assertThat(handshake.header("X-Name")).isEqualTo("Ann");
        assertThat(handshake.queryParameter("a")).isEqualTo("1");
        assertThat(handshake.remoteAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void thePathIsDecoded() {
        assertThat(ServletHandshake.copyOf(request, "/chat/gr%C3%BCn", Map.of()).path())
                .isEqualTo("/chat/grün");
    }

    @Test
    void theViewIsWhatTheAnswerDependsOn() {
        request.setProtocol("HTTP/1.1");
        request.addHeader("Host", "example.com:8443");
        request.setSecure(true);
        request.addHeader("Upgrade", "h2c");
        request.addHeader("Upgrade", "WebSocket");
        HandshakeRequest view = ServletHandshake.view(request);
        assertThat(view.method()).isEqualTo("GET");
        assertThat(view.httpVersion()).isEqualTo("HTTP/1.1");
        assertThat(view.secure()).isTrue();
        assertThat(view.addresses()).containsExactly(new Authority("example.com", 8443));
        assertThat(view.headers().apply("upgrade")).isEqualTo(List.of("h2c", "WebSocket"));
    }
}
