package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.HeaderGrammar.Extension;
import dev.pushwire.protocol.HeaderGrammar.MalformedHeaderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sentences of RFC 7692, section 7.1, on the answer, held against every valid offer and every policy. */
class DeflateAnswerTest {
    private static final List<String> WINDOWS =
            IntStream.rangeClosed(8, 15).mapToObj(Integer::toString).toList();

    @Test
    void keepsTheRules() throws MalformedHeaderException {
        int cases = 0;
        for (DeflatePolicy policy : policies()) {
            for (Map<String, String> offer : offers()) {
                assertRules(policy, offer, accept(policy, offer));
                cases++;
            }
        }
        assertThat(cases).isEqualTo((2 * 7) * (2 * 2 * 9 * 10));
    }

    private static void assertRules(DeflatePolicy policy, Map<String, String> offer, DeflateOffer accepted)
            throws MalformedHeaderException {
        List<Extension> answers = HeaderGrammar.extensions(List.of(accepted.answer()));
        assertThat(answers).hasSize(1).allMatch(extension -> extension.name().equals("permessage-deflate"));
        Map<String, String> answer = answers.getFirst().parameters().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)); // fails for a repeated one
        String why = policy + ", " + offer + " -> " + accepted.answer();
        assertThat(answer)
                .as(why)
                .satisfies(_ -> assertTakeover(policy, offer, answer))
                .satisfies(_ -> assertServerWindow(policy, offer, answer))
                .satisfies(_ -> assertClientWindow(policy, offer, answer));
        assertThat(accepted.agreed()).as(why).isEqualTo(understood(answer));
    }

    private static void assertTakeover(DeflatePolicy policy, Map<String, String> offer, Map<String, String> answer) {
        // 7.1.1.1: "A server accepts an extension negotiation offer that includes the "server_no_context_takeover"
        // extension parameter by including" it; it "MAY include" it unasked. 7.1.1.2 says the same of the client's.
        for (String parameter : List.of("server_no_context_takeover", "client_no_context_takeover")) {
            assertThat(answer.containsKey(parameter))
                    .isEqualTo(offer.containsKey(parameter) || !policy.contextTakeover());
            assertThat(answer.getOrDefault(parameter, "")).as("has no value").isEmpty();
        }
    }

    private static void assertServerWindow(
            DeflatePolicy policy, Map<String, String> offer, Map<String, String> answer) {
        String offered = offer.get("server_max_window_bits");
        String answered = answer.get("server_max_window_bits");
        // 7.1.2.1: "by including the "server_max_window_bits" extension parameter in the extension negotiation response
        // to send back to the client with the same or smaller value as the offer."
        if (offered != null) {
            assertThat(answered).isIn(WINDOWS);
            assertThat(Integer.parseInt(answered)).isLessThanOrEqualTo(Integer.parseInt(offered));
        }
        assertThat(Integer.parseInt(answer.getOrDefault("server_max_window_bits", "15")))
                .isLessThanOrEqualTo(policy.maxWindowBits());
    }

    private static void assertClientWindow(
            DeflatePolicy policy, Map<String, String> offer, Map<String, String> answer) {
        String offered = offer.get("client_max_window_bits");
        String answered = answer.get("client_max_window_bits");
        // 7.1.2.2: "If a received extension negotiation offer doesn't have the "client_max_window_bits" extension
        // parameter, the corresponding extension negotiation response to the offer MUST NOT include" it.
        if (offered == null) {
            assertThat(answered).isNull();
            return;
        }
        assertThat(answered == null || WINDOWS.contains(answered)).isTrue();
        int bits = Integer.parseInt(answer.getOrDefault("client_max_window_bits", "15"));
        assertThat(bits).isLessThanOrEqualTo(policy.maxWindowBits());
        if (!offered.isEmpty()) {
            assertThat(bits).isLessThanOrEqualTo(Integer.parseInt(offered));
        }
    }

    /** The parameters that a client reads from the answer. */
    private static DeflateParameters understood(Map<String, String> answer) {
        return new DeflateParameters(
                !answer.containsKey("server_no_context_takeover"),
                !answer.containsKey("client_no_context_takeover"),
                Integer.parseInt(answer.getOrDefault("server_max_window_bits", "15")),
                Integer.parseInt(answer.getOrDefault("client_max_window_bits", "15")));
    }

    private static DeflateOffer accept(DeflatePolicy policy, Map<String, String> offer) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>(offer.entrySet());
        return DeflateOffer.accept(List.of(new Extension("permessage-deflate", parameters)), policy);
    }

    private static List<DeflatePolicy> policies() {
        return IntStream.rangeClosed(9, 15)
                .boxed()
                .flatMap(bits -> Stream.of(new DeflatePolicy(false, bits), new DeflatePolicy(true, bits)))
                .toList();
    }

    /** Each parameter absent, and with every value that it may have. */
    private static List<Map<String, String>> offers() {
        List<Map<String, String>> offers = List.of(Map.of());
        offers = with(offers, "server_no_context_takeover", List.of(""));
        offers = with(offers, "client_no_context_takeover", List.of(""));
        offers = with(offers, "server_max_window_bits", WINDOWS);
        List<String> valueOrNone = new ArrayList<>(WINDOWS);
        valueOrNone.add("");
        return with(offers, "client_max_window_bits", valueOrNone);
    }

    private static List<Map<String, String>> with(
            List<Map<String, String>> offers, String parameter, List<String> values) {
        List<Map<String, String>> more = new ArrayList<>(offers);
        for (Map<String, String> offer : offers) {
            for (String value : values) {
                more.add(Stream.concat(offer.entrySet().stream(), Stream.of(Map.entry(parameter, value)))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            }
        }
        return more;
    }
}
