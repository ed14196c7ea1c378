package dev.pushwire.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.HandshakePolicy;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.protocol.OpeningHandshake;
import dev.pushwire.protocol.OriginPolicy;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The Origin of a request: whatever it looks like, none is let in that does not belong to a host of the list. */
class OriginFuzzTest {
    private static final String SAME = "https?://server\\.example\\.com(:0*(80|443))?";
    private static final String HOST = "[^/?#@ ]+";
    private static final String PORT = "(:[0-9]{1,5})?";

    private static final List<Allowed> ALLOWED = List.of(
            new Allowed(List.of(), "-"),
            new Allowed(List.of("*.example.org"), ".+://" + HOST + "\\.example\\.org" + PORT),
            new Allowed(List.of("https://*.example.org"), "https://" + HOST + "\\.example\\.org(:0*443)?"),
            new Allowed(List.of("https://app.test"), "https://app\\.test(:0*443)?"),
            new Allowed(List.of("http://app.test:8080", "http://[::1]"), "http://(app\\.test:0*8080|\\[::1](:0*80)?)"));

    private record Allowed(OriginPolicy policy, Pattern origins) {
        Allowed(List<String> patterns, String origins) {
            this(
                    new OriginPolicy(patterns),
                    Pattern.compile(SAME + "|" + origins, Pattern.CASE_INSENSITIVE | Pattern.DOTALL));
        }
    }

    @Fuzz
    void isAllowedOnlyWhereItIsListed(byte[] bytes) {
        Input input = new Input(bytes);
        Allowed allowed = ALLOWED.get(input.number(ALLOWED.size()));
        String origin = new String(input.rest(), ISO_8859_1);
        HandshakePolicy policy = new HandshakePolicy(allowed.policy(), List.of(), null, Availability.OPEN);
        int status = OpeningHandshake.answer(
                        OpeningHandshakeFuzzTest.request(Map.of("Origin", List.of(origin))), policy)
                .status();
        assertThat(status).isIn(101, 403);
        assertThat(status == 403 || allowed.origins().matcher(origin).matches()).isTrue();
    }
}
