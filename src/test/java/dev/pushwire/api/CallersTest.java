package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.access.Revocations;
import dev.pushwire.access.TokenSettings;
import dev.pushwire.access.TokenVerifier;
import dev.pushwire.access.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.ErrorResponseException;

class CallersTest {
    private static final String KEY = "0123456789abcdef";
    private static final String OTHER_KEY = "another-key-0123456789";

    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/topics/news");

    @Nested
    class WithKeys {
        private final Callers callers = callers(null, KEY, OTHER_KEY);

        @ParameterizedTest
        @ValueSource(strings = {"Bearer " + KEY, "Bearer " + OTHER_KEY, "bearer " + KEY, "BEARER  " + KEY + " "})
        void aKnownKeyMayPublishFromAnywhere(String authorization) {
            request.setRemoteAddr("192.0.2.1");
            request.addHeader("Origin", "https://elsewhere.example");
            request.addHeader("Authorization", authorization);
            assertThat(callers.of(request)).isInstanceOfSatisfying(Caller.KeyHolder.class, holder -> {
                assertThat(holder.key().name()).isEqualTo(authorization.contains(OTHER_KEY) ? "key-2" : "key-1");
                assertThat(holder.has(Scope.PUBLISH)).isTrue();
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Bearer 0123456789abcdeF",
                    "Bearer 0123456789abcde",
                    "Bearer 0123456789abcdef0",
                    "Bearer 0123456789abcdef another-key-0123456789",
                    "Bearer",
                    "Bearer ",
                    "Bearer ü123456789abcdef"
                })
        void anUnknownKeyIsRefused(String authorization) {
            request.addHeader("Authorization", authorization);
            ErrorResponseException refused = refusal(callers);
            assertThat(refused.getStatusCode().value()).isEqualTo(401);
            assertThat(refused.getHeaders().getFirst("WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"pushwire\", error=\"invalid_token\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Basic MDEyMzQ1Njc4OWFiY2RlZg==", KEY, "Bearer" + KEY})
        void withoutAKeyItIsRefusedOnThisMachineToo(String authorization) {
            request.addHeader("Authorization", authorization);
            ErrorResponseException refused = refusal(callers);
            assertThat(refused.getStatusCode().value()).isEqualTo(401);
            assertThat(refused.getHeaders().getFirst("WWW-Authenticate")).isEqualTo("Bearer realm=\"pushwire\"");
        }

        @Test
        void twoAreNoneToChooseFrom() {
            request.addHeader("Authorization", "Basic MDEyMzQ1Njc4OWFiY2RlZg==");
            request.addHeader("Authorization", "Bearer " + KEY);
            assertThat(refusal(callers).getStatusCode().value()).isEqualTo(400);
        }

        @Test
        void noHeaderAtAll() {
            assertThat(refusal(callers).getStatusCode().value()).isEqualTo(401);
        }
    }

    @Nested
    class WithoutKeys {
        private final Callers callers = callers(null);

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
        void aCallerOnThisMachineMayPublish(String address) {
            request.setRemoteAddr(address);
            assertThat(callers.of(request)).isEqualTo(new Caller.Local());
        }

        @ParameterizedTest
        @ValueSource(strings = {"192.0.2.1", "10.0.0.1", "0.0.0.0", "2001:db8::1", "::ffff:10.0.0.1", "localhost", ""})
        void aCallerElsewhereMayNot(String address) {
            request.setRemoteAddr(address);
            ErrorResponseException refused = refusal(callers);
            assertThat(refused.getStatusCode().value()).isEqualTo(403);
            assertThat(refused.getBody().getDetail()).contains("pushwire.api.keys");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Forwarded",
                    "forwarded",
                    "X-Forwarded-For",
                    "x-forwarded-proto",
                    "X-Forwarded-Foo",
                    "Via",
                    "X-Real-IP"
                })
        void norAProxyOnThisMachine(String header) {
            request.addHeader(header, "127.0.0.1");
            assertThat(refusal(callers).getStatusCode().value()).isEqualTo(403);
        }

        @ParameterizedTest
        @CsvSource({
            // the page's origin, the Host that was asked, whether it may
            "http://localhost:8080, localhost:8080, true",
            "http://127.0.0.1:8080, 127.0.0.1:8080, true",
            "http://[::1]:8080, [::1]:8080, true",
            "http://push.localhost:8080, push.localhost:8080, true",
            "http://localhost, localhost, true",
            "http://localhost:3000, localhost:8080, false",
            "https://localhost:8080, localhost:8080, false",
            "http://127.0.0.1:8080, localhost:8080, false",
            "https://elsewhere.example, localhost:8080, false",
            "null, localhost:8080, false",
            "http://[, localhost:8080, false",
            "'', localhost:8080, false",
            // a foreign name made to resolve to this machine
            "http://elsewhere.example:8080, elsewhere.example:8080, false",
            "http://localhost.example:8080, localhost.example:8080, false",
            // browsers do not always say where they come from
            ", localhost:8080, true",
            ", elsewhere.example:8080, false",
        })
        void aPageMayOnlyWhenItIsThisServicesOwn(String origin, String host, boolean may) {
            if (origin != null) {
                request.addHeader("Origin", origin);
            }
            request.addHeader("Host", host);
            if (may) {
                assertThat(callers.of(request)).isEqualTo(new Caller.Local());
            } else {
                assertThat(refusal(callers).getStatusCode().value()).isEqualTo(403);
            }
        }
    }

    @Nested
    class WithTokens {
        private final Callers callers = callers(Tokens.SECRET, KEY);

        private Caller caller(String credentials) {
            request.addHeader("Authorization", "Bearer " + credentials);
            return callers.of(request);
        }

        @Test
        void aTokenSaysWhoItIs() {
            assertThat(caller(Tokens.of("ada").signed()))
                    .isInstanceOfSatisfying(
                            Caller.Bearer.class,
                            bearer -> assertThat(bearer.token().getName()).isEqualTo("ada"));
        }

        @Test
        void aKeyIsAsGoodAsEver() {
            assertThat(caller(KEY)).isInstanceOf(Caller.KeyHolder.class);
        }

        @Test
        void aTokenThatIsNotGoodIsRefusedWithTheReason() {
            request.addHeader(
                    "Authorization",
                    "Bearer " + Tokens.of("ada").expiring(Instant.EPOCH).signed());
            ErrorResponseException refused = refusal(callers);
            assertThat(refused.getStatusCode().value()).isEqualTo(401);
            assertThat(refused.getHeaders().getFirst("WWW-Authenticate")).contains("error=\"invalid_token\"");
            assertThat(refused.getBody().getDetail()).isEqualTo("The token has expired.");
        }

        @Test
        void aTokenInACookieIsNone() {
            request.addHeader("Cookie", "session=" + Tokens.of("ada").signed());
            assertThat(refusal(callers).getStatusCode().value()).isEqualTo(401);
        }

        @Test
        void withoutKeysWhoIsElsewhereNeedsAToken() {
            request.setRemoteAddr("192.0.2.1");
            assertThat(refusal(callers(Tokens.SECRET)).getStatusCode().value()).isEqualTo(401);
        }
    }

    private static Callers callers(String secret, String... keys) {
        Revocations revocations = Tokens.noneRevoked();
        TokenSettings settings =
                new TokenSettings(secret == null ? null : Tokens.key(secret), null, null, "pushwire", Duration.ZERO);
        return new Callers(TestKeys.of(keys), new TokenVerifier(settings, revocations, InstantSource.system()));
    }

    /** The answer to a caller that must be known. */
    private ErrorResponseException refusal(Callers callers) {
        try {
            return ((Caller.Nobody) callers.of(request)).needed();
        } catch (ErrorResponseException refused) {
            return refused;
        }
    }
}
