package dev.pushwire.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.connection.CompressionSettings;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.OriginPolicy;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a page learns if it asks over HTTP why its handshake was refused. */
class UpgradeRequiredTest {
    private static final String PAGE = "https://app.example.com";

    private static EventLoopGroup loops;

    private final ConnectionRegistry registry = new ConnectionRegistry(2);
    private final OriginPolicy origins = new OriginPolicy(List.of(PAGE));
    private final AtomicInteger leased = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private @Nullable HandshakeRefusedException refusal;

    private final Endpoint endpoint = new Endpoint() {
        @Override
        public void onHandshake(Handshake handshake) {
            asked.incrementAndGet();
        }
    };
    private final EndpointMappings mappings =
            new EndpointMappings(List.of(Bindings.entry("chat", "/chat/{room}", endpoint, registry)));
    private final UpgradeRequired handler = new UpgradeRequired(
            mappings,
            new Upgrade(loops, registry, origins, this::admit, null, (pattern, result, status) -> {}),
            new CrossOrigin(origins));

    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/app/chat/7");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    UpgradeRequiredTest() {
        request.setContextPath("/app");
        request.setProtocol("HTTP/1.1");
        request.setServerName("server.example.com");
        request.addHeader("Origin", PAGE);
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
    void whoOnlyAsksTakesNothing() {
        assertThat(leased).hasValue(0);
        assertThat(asked).hasValue(0);
    }

    private AccessLease admit(Handshake handshake, boolean authenticatesLate) throws HandshakeRefusedException {
        if (refusal != null) {
            throw refusal;
        }
        leased.incrementAndGet();
        return new AccessLease() {
            @Override
            public @Nullable Principal principal() {
                return null;
            }

            @Override
            public @Nullable CloseStatus ending(long now) {
                return null;
            }

            @Override
            public boolean provisional() {
                return false;
            }

            @Override
            public void release() {
                leased.decrementAndGet();
            }
        };
    }

    private void assertAnswered(int status, String detail) throws IOException {
        handler.handleRequest(request, response);
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(response.getContentAsString());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asString()).contains(detail);
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    private void assertReadableByThePage() {
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo(PAGE);
        assertThat(response.getHeader("Access-Control-Expose-Headers")).isEqualTo("Retry-After");
    }

    @Test
    void thatNothingStandsInTheWay() throws Exception {
        assertAnswered(426, "This path is for WebSockets");
        assertThat(response.getHeader("Upgrade")).isEqualTo("websocket");
        assertThat(registry.size()).isZero();
        assertReadableByThePage();
    }

    @Test
    void thatItsOriginIsNotAllowed() throws Exception {
        request.removeHeader("Origin");
        request.addHeader("Origin", "https://evil.example");
        assertAnswered(403, "Origin is not allowed");
        assertThat(response.getHeaderNames()).noneMatch(name -> name.startsWith("Access-Control"));
    }

    @ParameterizedTest
    @CsvSource({"401, WWW-Authenticate, Bearer", "429, Retry-After, 5", "503, Retry-After, 5"})
    void thatItIsNotLetIn(int status, String header, String value) throws Exception {
        refusal = new HandshakeRefusedException(status, "Not now.", Map.of(header, value));
        assertAnswered(status, "Not now.");
        assertThat(response.getHeader(header)).isEqualTo(value);
        assertThat(response.containsHeader("Upgrade")).isFalse();
        assertThat(registry.size()).isZero();
        assertReadableByThePage();
    }

    @Test
    void thatTheServerIsFull() throws Exception {
        registry.enter();
        registry.enter();
        assertAnswered(503, "as many connections");
        assertThat(response.getHeader("Retry-After")).isEqualTo("5");
        assertThat(registry.size()).isEqualTo(2);
    }

    @Test
    void thatTheServerStopsAndNothingThatHttp2HasNoPlaceFor() throws Exception {
        registry.drain();
        request.setProtocol("HTTP/2.0");
        assertAnswered(503, "about to stop");
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.containsHeader("Connection")).isFalse();
    }

    @Test
    void anotherMethodIsForNothing() throws Exception {
        request.setMethod("POST");
        assertAnswered(405, "other methods");
        assertThat(response.getHeader("Allow")).isEqualTo("GET");
    }
}
