package dev.pushwire.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.Authority;
import dev.pushwire.protocol.DeflatePolicy;
import dev.pushwire.protocol.HandshakePolicy;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.protocol.HandshakeRequest;
import dev.pushwire.protocol.OpeningHandshake;
import dev.pushwire.protocol.OriginPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The header lines of an opening handshake: accepted or rejected, with an answer that follows its grammar. */
class OpeningHandshakeFuzzTest {
    private static final String BITS = "(8|9|1[0-5])";
    private static final String EXTENSION = "permessage-deflate(; server_no_context_takeover)?"
            + "(; client_no_context_takeover)?(; server_max_window_bits=" + BITS + ")?"
            + "(; client_max_window_bits=" + BITS + ")?";

    /** Lines of {@code Name: value}, in place of those of a request without fault. */
    @Fuzz
    void isAcceptedOrRejected(byte[] bytes) {
        Input input = new Input(bytes);
        DeflatePolicy compression = new DeflatePolicy(input.number(2) == 1, 9 + input.number(7));
        OriginPolicy origins = new OriginPolicy(List.of("*.example.com"));
        HandshakePolicy policy =
                new HandshakePolicy(origins, List.of("chat", "superchat"), compression, Availability.OPEN);

        switch (OpeningHandshake.answer(request(lines(new String(input.rest(), ISO_8859_1))), policy)) {
            case OpeningHandshake.Accepted accepted -> {
                assertThat(accepted.headers()).containsKeys("Upgrade", "Connection", "Sec-WebSocket-Accept");
                assertThat(accepted.headers().get("Sec-WebSocket-Protocol"))
                        .isEqualTo(accepted.subprotocol())
                        .isIn(null, "chat", "superchat");
                String extension = accepted.headers().get("Sec-WebSocket-Extensions");
                assertThat(extension == null).isEqualTo(accepted.compression() == null);
                assertThat(extension == null || extension.matches(EXTENSION)).isTrue();
            }
            case OpeningHandshake.Rejected rejected -> {
                assertThat(rejected.status()).isIn(400, 403, 426);
                assertThat(rejected.reason()).matches("[ -;=?-~]+"); // one line, and no markup
            }
        }
    }

    private static Map<String, List<String>> lines(String text) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : text.split("\n", -1)) {
            String[] header = line.split(":", 2);
            if (header.length == 2) {
                headers.computeIfAbsent(header[0], _ -> new ArrayList<>()).add(header[1].strip());
            }
        }
        return headers;
    }

    /** Without fault, but for these headers. */
    static HandshakeRequest request(Map<String, List<String>> changed) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Connection", List.of("Upgrade"));
        headers.put("Sec-WebSocket-Key", List.of("dGhlIHNhbXBsZSBub25jZQ=="));
        headers.put("Sec-WebSocket-Version", List.of("13"));
        headers.putAll(changed);
        return new HandshakeRequest(
                "GET",
                "HTTP/1.1",
                name -> headers.getOrDefault(name, List.of()),
                false,
                List.of(new Authority("server.example.com", 0)));
    }
}
