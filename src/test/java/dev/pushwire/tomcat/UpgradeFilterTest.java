package dev.pushwire.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushwire.connection.CompressionSettings;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.OriginPolicy;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The filter and the answer, over mock requests; the socket behind them is for the tests of the whole service. */
class UpgradeFilterTest {
    private static EventLoopGroup loops;

    private final ConnectionRegistry registry = new ConnectionRegistry(2);
    private final List<String> answered = new ArrayList<>();
    private final Guard guard = new Guard();
    private final HandshakeListener listener =
            (endpoint, result, status) -> answered.add(endpoint + " " + result + " " + status);
    private final UpgradeFilter filter = new UpgradeFilter(
            new EndpointMappings(List.of(Bindings.entry("chat", "/chat/{room}", guard, registry, "chat", "superchat"))),
            new Upgrade(
                    loops,
                    registry,
                    new OriginPolicy(List.of()),
                    (handshake, late) -> AccessLease.lasting(handshake.principal()),
                    null,
                    listener),
            listener);

    private final UpgradableRequest request = new UpgradableRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain chain = new MockFilterChain();

    /** Admits the clients that the test wants. */
    private static final class Guard implements Endpoint {
        private Handshake seen;
        private Exception refusal;

        @Override
        public void onHandshake(Handshake handshake) throws HandshakeRefusedException {
            seen = handshake;
            switch (refusal) {
                case null -> {}
                case HandshakeRefusedException refused -> throw refused;
                default -> throw (RuntimeException) refusal;
            }
        }
    }

    /** The sample handshake of RFC 6455, section 1.2. */
    private static final class UpgradableRequest extends MockHttpServletRequest {
        private Class<?> upgradedTo;
        private IOException failure;

        UpgradableRequest() {
            super("GET", "/app/chat/7");
            setContextPath("/app");
            setProtocol("HTTP/1.1");
            setServerName("server.example.com");
            addHeader("Upgrade", "websocket");
            addHeader("Connection", "Upgrade");
            addHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
            addHeader("Sec-WebSocket-Version", "13");
        }

        void replaceHeader(String name, String value) {
            removeHeader(name);
            addHeader(name, value);
        }

        @Override
        public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException {
            if (failure != null) {
                throw failure;
            }
            upgradedTo = handler;
            return null;
        }
    }

    @BeforeAll
    static void startLoops() {
        loops = new EventLoopGroup("node", 1, Duration.ofHours(1), new CompressionSettings(100, 6));
    }

    @AfterAll
    static void stopLoops() {
        loops.close();
    }

    @AfterEach
    void leaveNothingWithTheThread() {
        UpgradeHandoff.take();
    }

    private void filter() throws IOException, ServletException {
        filter.doFilter(request, response, chain);
    }

    private void assertPassedOn() {
        assertThat(chain.getRequest()).isSameAs(request);
        assertThat(request.upgradedTo).isNull();
        assertThat(registry.size()).isZero();
        assertThat(answered).isEmpty();
    }

    private void assertRefused(HandshakeResult why, int status) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(chain.getRequest()).isNull();
        assertThat(request.upgradedTo).isNull();
        assertThat(UpgradeHandoff.current()).isNull();
        assertThat(registry.size()).isZero();
        assertThat(answered).containsExactly("/chat/{room} " + why + " " + status);
    }

    @Test
    void aWebSocketIsAccepted() throws Exception {
        request.setQueryString("name=Ann");
        filter();
        assertThat(response.getStatus()).isEqualTo(101);
        assertThat(response.getHeader("Upgrade")).isEqualTo("websocket");
        assertThat(response.getHeader("Connection")).isEqualTo("Upgrade");
        assertThat(response.getHeader("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(response.containsHeader("Sec-WebSocket-Protocol")).isFalse();
        assertThat(chain.getRequest()).isNull();
        assertThat(request.upgradedTo).isEqualTo(UpgradeHandler.class);
        assertThat(registry.size()).isEqualTo(1);
        assertThat(answered).containsExactly("/chat/{room} ACCEPTED 101");
        assertThat(guard.seen.path()).isEqualTo("/chat/7");
        assertThat(guard.seen.pathVariables()).containsEntry("room", "7");
        assertThat(guard.seen.queryParameter("name")).isEqualTo("Ann");
    }

    @Test
    void thePlaceOfAnAcceptedOneIsGivenBackWhereTheContainerFails() throws Exception {
        filter();
        UpgradeHandoff.take().abandon();
        assertThat(registry.size()).isZero();
        assertThat(UpgradeHandoff.current()).isNull();
    }

    @Test
    void theEndpointsFavouriteSubprotocolIsTaken() throws Exception {
        request.addHeader("Sec-WebSocket-Protocol", "superchat, chat");
        filter();
        assertThat(response.getHeader("Sec-WebSocket-Protocol")).isEqualTo("chat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h2c", "websocket2"})
    void whatAsksForNoWebSocketGoesOn(String upgrade) throws Exception {
        request.removeHeader("Upgrade");
        if (!upgrade.isEmpty()) {
            request.addHeader("Upgrade", upgrade);
        }
        filter();
        assertPassedOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/nobody", "/app/chat", "/app", "/app/chat/7/8"})
    void aPathThatNobodyMapsGoesOn(String path) throws Exception {
        request.setRequestURI(path);
        response.setStatus(404);
        filter();
        assertThat(chain.getRequest()).isSameAs(request);
        assertThat(answered).containsExactly("none UNMAPPED 404");
    }

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            HEADER,                VALUE,               WHY,       STATUS
            Sec-WebSocket-Version, 8,                   VERSION,   426
            Sec-WebSocket-Key,     short,               MALFORMED, 400
            Connection,            close,               MALFORMED, 400
            Origin,                http://evil.example, ORIGIN,    403
            """)
    void aBadOneIsRefusedInOneLineOfPlainText(String header, String value, HandshakeResult why, int status)
            throws Exception {
        request.replaceHeader(header, value);
        filter();
        assertRefused(why, status);
        assertThat(response.getContentType()).isEqualTo("text/plain;charset=UTF-8");
        assertThat(response.getContentAsString()).endsWith(".\n").hasLineCount(1);
        assertThat(response.getContentLength()).isEqualTo(response.getContentAsByteArray().length);
        assertThat(guard.seen).isNull();
    }

    @Test
    void anotherMethodIsRefused() throws Exception {
        request.setMethod("POST");
        filter();
        assertRefused(HandshakeResult.METHOD, 405);
        assertThat(response.getHeader("Allow")).isEqualTo("GET");
    }

    @Test
    void theEndpointMayRefuse() throws Exception {
        guard.refusal = new HandshakeRefusedException(401, "Wer bist du? Ünbekannt");
        filter();
        assertRefused(HandshakeResult.REFUSED, 401);
        assertThat(response.getContentAsString()).isEqualTo("Wer bist du? Ünbekannt\n");
    }

    @Test
    void anEndpointThatFailsGivesThePlaceBack() {
        guard.refusal = new IllegalStateException("as the test wants it");
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::filter);
        assertThat(answered).containsExactly("/chat/{room} FAILED 500");
        assertThat(registry.size()).isZero();
        assertThat(UpgradeHandoff.current()).isNull();
    }

    @Test
    void aContainerThatFailsGivesThePlaceBack() {
        request.failure = new IOException("as the test wants it");
        assertThatExceptionOfType(IOException.class).isThrownBy(this::filter);
        assertThat(registry.size()).isZero();
        assertThat(UpgradeHandoff.current()).isNull();
    }

    @Test
    void beyondTheLimitItIsRefused() throws Exception {
        registry.enter();
        registry.enter();
        filter();
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(answered).containsExactly("/chat/{room} FULL 503");
        assertThat(response.getHeader("Retry-After")).isNotBlank();
        assertThat(registry.size()).isEqualTo(2);
        assertThat(guard.seen).isNull();
    }

    @Test
    void whileDrainingItIsRefused() throws Exception {
        registry.drain();
        filter();
        assertRefused(HandshakeResult.DRAINING, 503);
        assertThat(response.getHeader("Retry-After")).isNotBlank();
        assertThat(response.getHeader("Connection")).isEqualTo("close");
    }
}
