package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 10.2: pages of which web origins may connect, with and without a proxy in front. */
class OriginServiceTest {
    private static HttpReply ask(RunningService service, HandshakeText request) {
        try (RawClient client = RawClient.connect(service)) {
            return client.ask(request);
        }
    }

    private static void assertAllowed(RunningService service, HandshakeText request) {
        assertThat(ask(service, request).status()).isEqualTo(101);
    }

    private static void assertForbidden(RunningService service, HandshakeText request) {
        ask(service, request).assertRefused(403, "Origin");
    }

    private static HandshakeText from(String origin, String host) {
        return HandshakeText.of("/echo").with("Host: " + host).and("Origin: " + origin);
    }

    @Nested
    class ByDefault {
        private final RunningService service = RunningService.with();

        @ParameterizedTest
        @CsvSource({
            "http://push.example.com, push.example.com",
            "http://PUSH.example.com, push.EXAMPLE.com",
            "http://push.example.com:80, push.example.com",
            "http://push.example.com, push.example.com:80",
            "http://localhost:8080, localhost:8080",
            "http://[::1]:8080, [::1]:8080",
            "https://push.example.com, push.example.com"
        })
        void thoseOfTheServiceItself(String origin, String host) {
            assertAllowed(service, from(origin, host));
        }

        @ParameterizedTest
        @CsvSource({
            "http://evil.example.com, push.example.com",
            "http://push.example.com.evil.com, push.example.com",
            "http://push.example.com:8080, push.example.com",
            "http://push.example.com, push.example.com:8080",
            "null, push.example.com",
            "nonsense, push.example.com",
            "push.example.com, push.example.com"
        })
        void noOther(String origin, String host) {
            assertForbidden(service, from(origin, host));
        }

        @Test
        void whoIsNoPageNeedsNone() {
            assertAllowed(service, HandshakeText.of("/echo"));
        }

        @Test
        void twoAreMalformed() {
            HttpReply reply = ask(service, from("http://localhost", "localhost").and("Origin: http://localhost"));
            reply.assertRefused(400, "Origin");
        }
    }

    @Nested
    class Listed {
        private final RunningService service =
                RunningService.with("pushwire.websocket.allowed-origins=https://app.example.com, *.example.org");

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://app.example.com",
                    "https://app.example.com:443",
                    "https://a.example.org",
                    "http://a.b.example.org:8080",
                    "http://push.local"
                })
        void areAllowed(String origin) {
            assertAllowed(service, from(origin, "push.local"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://app.example.com",
                    "https://app.example.com:8443",
                    "https://x.app.example.com",
                    "https://example.org",
                    "https://evilexample.org",
                    "https://example.org.evil.com"
                })
        void othersAreNot(String origin) {
            assertForbidden(service, from(origin, "push.local"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://anything.example", "null", "nonsense"})
        void byAStarAreAll(String origin) {
            assertAllowed(RunningService.with("pushwire.websocket.allowed-origins=*"), from(origin, "push.local"));
        }
    }

    @Nested
    class BehindAProxy {
        private HandshakeText forwarded(String origin, String path) {
            return HandshakeText.of(path)
                    .with("Host: 10.0.0.7:8080")
                    .and(
                            "Origin: " + origin,
                            "X-Forwarded-Host: push.example.com",
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-For: 203.0.113.9");
        }

        @ParameterizedTest
        @ValueSource(strings = {"framework", "native"})
        void theAddressIsTheOneThatTheClientSees(String strategy) {
            RunningService service = RunningService.with("server.forward-headers-strategy=" + strategy);
            Probe probe = Probe.on(Execution.EVENT_LOOP);
            assertAllowed(service, forwarded("https://push.example.com", probe.path()));
            probe.assertOpened();
            assertThat(probe.handshake().remoteAddress()).isEqualTo("203.0.113.9");
            assertThat(probe.session().remoteAddress()).isEqualTo("203.0.113.9");

            assertForbidden(service, forwarded("http://push.example.com", "/echo"));
            assertForbidden(service, forwarded("https://10.0.0.7:8080", "/echo"));
            assertForbidden(service, forwarded("https://push.example.com:8443", "/echo"));
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = "none")
        void thatNobodyTrustsTheHeadersSayNothing(String strategy) {
            RunningService service = strategy == null
                    ? RunningService.with()
                    : RunningService.with("server.forward-headers-strategy=" + strategy);
            Probe probe = Probe.on(Execution.EVENT_LOOP);
            assertForbidden(service, forwarded("https://push.example.com", "/echo"));
            assertAllowed(service, forwarded("http://10.0.0.7:8080", probe.path()));
            probe.assertOpened();
            assertThat(probe.session().remoteAddress()).isEqualTo("127.0.0.1");
        }
    }
}
