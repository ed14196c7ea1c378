package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.protocol.OpeningHandshake.Accepted;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692, section 7.1, from the client's header to the server's: "-" where the answer has no such header. */
class DeflateOfferTest {
    private static final DeflatePolicy NO_TAKEOVER = new DeflatePolicy(false, 15);
    private static final DeflatePolicy TAKEOVER = new DeflatePolicy(true, 15);
    private static final String SHORT = "pmd"; // for permessage-deflate, in the tables

    @Nested
    @DisplayName("the truth table: offered, agreed")
    class TruthTable {
        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                pmd                                                         | pmd
                pmd; server_no_context_takeover                             | pmd; server_no_context_takeover
                pmd; client_no_context_takeover                             | pmd; client_no_context_takeover
                pmd; client_no_context_takeover; server_no_context_takeover | pmd; server_no_context_takeover; client_no_context_takeover
                pmd; server_max_window_bits=8                               | pmd; server_max_window_bits=8
                pmd; server_max_window_bits=14                              | pmd; server_max_window_bits=14
                pmd; server_max_window_bits=15                              | pmd; server_max_window_bits=15
                pmd; client_max_window_bits                                 | pmd
                pmd; client_max_window_bits=8                               | pmd; client_max_window_bits=8
                pmd; client_max_window_bits=14                              | pmd; client_max_window_bits=14
                pmd; client_max_window_bits=15                              | pmd
                pmd; client_max_window_bits=9; server_max_window_bits=10    | pmd; server_max_window_bits=10; client_max_window_bits=9
                """)
        void withTakeover(String offer, String answer) {
            assertAnswer(TAKEOVER, offer, answer);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                pmd                                                         | pmd; server_no_context_takeover; client_no_context_takeover
                pmd; server_no_context_takeover                             | pmd; server_no_context_takeover; client_no_context_takeover
                pmd; client_no_context_takeover                             | pmd; server_no_context_takeover; client_no_context_takeover
                pmd; client_max_window_bits                                 | pmd; server_no_context_takeover; client_no_context_takeover
                pmd; server_max_window_bits=15                              | pmd; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15
                """)
        void withoutTakeover(String offer, String answer) {
            assertAnswer(NO_TAKEOVER, offer, answer);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                 9 | pmd                            | pmd; server_max_window_bits=9
                14 | pmd                            | pmd; server_max_window_bits=14
                10 | pmd; server_max_window_bits=8  | pmd; server_max_window_bits=8
                10 | pmd; server_max_window_bits=10 | pmd; server_max_window_bits=10
                10 | pmd; server_max_window_bits=15 | pmd; server_max_window_bits=10
                10 | pmd; client_max_window_bits    | pmd; server_max_window_bits=10; client_max_window_bits=10
                10 | pmd; client_max_window_bits=8  | pmd; server_max_window_bits=10; client_max_window_bits=8
                10 | pmd; client_max_window_bits=10 | pmd; server_max_window_bits=10; client_max_window_bits=10
                10 | pmd; client_max_window_bits=15 | pmd; server_max_window_bits=10; client_max_window_bits=10
                """)
        void withASmallerWindow(int maxWindowBits, String offer, String answer) {
            assertAnswer(new DeflatePolicy(true, maxWindowBits), offer, answer);
        }

        @ParameterizedTest
        @DisplayName("7.1: an offer is declined for")
        @ValueSource(
                strings = {
                    // a value that must not be there
                    "server_no_context_takeover=true",
                    "server_no_context_takeover=15",
                    "client_no_context_takeover=\"1\"",
                    // a value that must be there
                    "server_max_window_bits",
                    // "a decimal integer value without leading zeroes between 8 to 15, inclusive"
                    "server_max_window_bits=7",
                    "server_max_window_bits=16",
                    "server_max_window_bits=0",
                    "server_max_window_bits=08",
                    "server_max_window_bits=010",
                    "server_max_window_bits=+10",
                    "server_max_window_bits=-10",
                    "server_max_window_bits=10.0",
                    "server_max_window_bits=1e1",
                    "server_max_window_bits=ten",
                    "server_max_window_bits=99999999999999999999",
                    "server_max_window_bits=\"7\"",
                    "client_max_window_bits=7",
                    "client_max_window_bits=16",
                    "client_max_window_bits=08",
                    "client_max_window_bits=\"16\"",
                    "client_max_window_bits=true",
                    // the same name twice
                    "server_no_context_takeover; server_no_context_takeover",
                    "client_no_context_takeover; client_no_context_takeover",
                    "server_max_window_bits=10; server_max_window_bits=10",
                    "client_max_window_bits; client_max_window_bits=10",
                    "client_max_window_bits=10; client_max_window_bits",
                    // a name that is not known
                    "unknown",
                    "unknown=1",
                    "client_max_window_bits; unknown",
                    "Server_No_Context_Takeover",
                    "server-no-context-takeover",
                    "no_context_takeover",
                    "max_window_bits=10"
                })
        void declined(String parameters) {
            assertAnswer(TAKEOVER, "pmd; " + parameters, "-");
            assertAnswer(TAKEOVER, "pmd; " + parameters + ", pmd", "pmd");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "pmd; server_max_window_bits=\"10\"",
                    "pmd; server_max_window_bits=\"1\\0\"",
                    "pmd;server_max_window_bits=10",
                    "pmd ;\tserver_max_window_bits = 10 "
                })
        void aValueMayBeWrittenInTheseWays(String offer) {
            assertAnswer(TAKEOVER, offer, "pmd; server_max_window_bits=10");
        }
    }

    @Nested
    class Offers {
        @ParameterizedTest
        @DisplayName("are taken in the client's order")
        @CsvSource(delimiter = '|', textBlock = """
                pmd; server_max_window_bits=9, pmd                              | pmd; server_max_window_bits=9
                pmd, pmd; server_max_window_bits=9                              | pmd
                pmd; server_max_window_bits=7, pmd; server_max_window_bits=9    | pmd; server_max_window_bits=9
                pmd; a, pmd; b, pmd; client_no_context_takeover, pmd            | pmd; client_no_context_takeover
                pmd; unknown, pmd; server_max_window_bits                       | -
                """)
        void inOrder(String offers, String answer) {
            assertAnswer(TAKEOVER, offers, answer);
        }

        @ParameterizedTest
        @DisplayName("of other extensions do not matter")
        @CsvSource(delimiter = '|', textBlock = """
                x-webkit-deflate-frame, pmd                                     | pmd
                permessage-bzip2; client_max_window_bits=9, pmd, foo; bar="baz" | pmd
                pmd; unknown, foo, pmd; server_max_window_bits=9, foo           | pmd; server_max_window_bits=9
                x-webkit-deflate-frame; no_context_takeover                     | -
                xpmd, pmdx, deflate-frame                                       | -
                ''                                                              | -
                ','                                                             | -
                """)
        void amongOthers(String offers, String answer) {
            assertAnswer(TAKEOVER, offers, answer);
        }

        @Test
        void mayComeInSeveralLines() {
            assertThat(answer(TAKEOVER, "permessage-deflate; unknown", "foo, permessage-deflate"))
                    .isEqualTo("permessage-deflate");
        }

        @Test
        void maySpellTheNameInAnyCase() {
            assertThat(answer(TAKEOVER, "Permessage-DEFLATE")).isEqualTo("permessage-deflate");
        }

        @Test
        void areNotAnsweredWhenThereAreNone() {
            assertThat(answer(TAKEOVER)).isEqualTo("-");
        }

        @ParameterizedTest
        @DisplayName("RFC 7692, 7.1.3: the examples")
        @CsvSource(delimiter = '|', textBlock = """
                pmd                                                                                      | pmd
                pmd; client_max_window_bits; server_max_window_bits=10                                   | pmd; server_max_window_bits=10
                pmd; client_max_window_bits; server_max_window_bits=10, pmd; client_max_window_bits      | pmd; server_max_window_bits=10
                """)
        void examples(String offers, String answer) {
            assertAnswer(TAKEOVER, offers, answer);
        }
    }

    @Nested
    @DisplayName("RFC 6455, 9.1: a header that breaks its grammar fails the handshake")
    class Malformed {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "pmd; server_max_window_bits=",
                    "pmd; server_max_window_bits=\"\"",
                    "pmd; server_max_window_bits=\"10",
                    "pmd; server_max_window_bits=1 0",
                    "pmd; server_max_window_bits=10=10",
                    "pmd;",
                    "pmd;;client_max_window_bits",
                    "pmd, =10"
                })
        void thoughAnotherOfferIsFine(String header) {
            assertThat(handshake(TAKEOVER, "permessage-deflate", full(header)).status())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 0, -1})
    void aPolicyHasAWindowFrom9To15(int bits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeflatePolicy(false, bits))
                .withMessageContaining("max-window-bits");
    }

    private static void assertAnswer(DeflatePolicy policy, String offer, String answer) {
        assertThat(answer(policy, full(offer))).isEqualTo(full(answer));
    }

    private static String full(String header) {
        return header.replace(SHORT, "permessage-deflate");
    }

    private static String answer(DeflatePolicy policy, String... offers) {
        OpeningHandshake answer = handshake(policy, offers);
        String header = answer.headers().getOrDefault("Sec-WebSocket-Extensions", "-");
        assertThat(answer)
                .asInstanceOf(type(Accepted.class))
                .satisfies(
                        accepted -> assertThat(accepted.compression() == null).isEqualTo(header.equals("-")));
        return header;
    }

    private static OpeningHandshake handshake(DeflatePolicy policy, String... offers) {
        return OpeningHandshake.answer(
                Requests.sample().with("Sec-WebSocket-Extensions", offers).build(),
                new HandshakePolicy(new OriginPolicy(List.of()), List.of(), policy, Availability.OPEN));
    }
}
