package dev.pushwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushwire.protocol.HeaderGrammar.MalformedHeaderException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the tables, {@code \t} is a tab and {@code //} stands between two lines of one header. */
class HeaderGrammarTest {
    @Nested
    @DisplayName("RFC 9110, 5.6.1 and 5.6.2: lists of tokens")
    class Tokens {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                chat                       | chat
                chat, superchat            | chat superchat
                chat,superchat             | chat superchat
                ` chat ,\\t superchat\\t`  | chat superchat
                chat // superchat          | chat superchat
                a, b // c // d,e           | a b c d e
                ,a                         | a
                a,                         | a
                a,,b                       | a b
                , ,\\t,a, ,                | a
                a //  // b                 | a b
                ``                         | ``
                ,,                         | ``
                MixedCase, mixedcase       | MixedCase mixedcase
                v1.example.com             | v1.example.com
                0!#$%&'*+-.^_~             | 0!#$%&'*+-.^_~
                """)
        void areReadInOrder(String header, String tokens) throws MalformedHeaderException {
            assertThat(String.join(" ", HeaderGrammar.tokens(lines(header)))).isEqualTo(tokens);
        }

        @Test
        void ofNoLineAreNone() throws MalformedHeaderException {
            assertThat(HeaderGrammar.tokens(List.of())).isEmpty();
        }

        @Test
        void mayHaveThese77Characters() throws MalformedHeaderException {
            String tchar = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
            assertThat(HeaderGrammar.tokens(List.of(tchar))).containsExactly(tchar);
            for (char c = 0; c < 0x180; c++) {
                if (tchar.indexOf(c) < 0 && ", \t".indexOf(c) < 0) {
                    String element = "a" + c + "b";
                    assertMalformed(() -> HeaderGrammar.tokens(List.of(element)));
                }
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a b", "a;b", "a=b", "\"a\"", "a,\"b\"", "a, b c", "(a)", "a/b", "é", "\u00a0a", "a\u0000", "a\r\nb"
                })
        void areNothingElse(String header) {
            assertMalformed(() -> HeaderGrammar.tokens(List.of("fine", header)));
        }

        @ParameterizedTest
        @CsvSource({
            "a b,       a comma was expected at character 3",
            ";,         a name was expected at character 1",
            "'ab, @',   a name was expected at character 5"
        })
        void sayWhereTheyAreMalformed(String header, String message) {
            assertMalformed(() -> HeaderGrammar.tokens(List.of(header)), message);
        }
    }

    @Nested
    @DisplayName("RFC 9110, 7.6.1 and 7.8: a token in a list")
    class HasToken {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "Upgrade",
                    "upgrade",
                    "UPGRADE",
                    "keep-alive, Upgrade",
                    "Upgrade,keep-alive",
                    "keep-alive,\\tupgrade\\t, x",
                    "keep-alive // Upgrade",
                    ", ,Upgrade,,",
                    "` upgrade `"
                })
        void inAnyCaseAndPlace(String header) {
            assertThat(HeaderGrammar.hasToken(lines(header), "upgrade")).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ",",
                    "close",
                    "upgrades",
                    "up grade",
                    "x-upgrade",
                    "\"upgrade\"",
                    "upgrade;a",
                    "upgrade x"
                })
        void orNot(String header) {
            assertThat(HeaderGrammar.hasToken(lines(header), "upgrade")).isFalse();
        }

        @Test
        void notInNoHeader() {
            assertThat(HeaderGrammar.hasToken(List.of(), "upgrade")).isFalse();
        }
    }

    @Nested
    @DisplayName("RFC 6455, 9.1: extensions")
    class Extensions {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                foo                                  | foo
                foo, bar; baz=2                      | foo bar;baz=2
                foo // bar; baz=2                    | foo bar;baz=2
                foo;a;b=1;a=2                        | foo;a=;b=1;a=2
                foo; a="10"                          | foo;a=10
                foo; a="1\\\\0"                      | foo;a=10
                foo; a="\\\\1\\\\0"                  | foo;a=10
                foo; a="10" ; b                      | foo;a=10;b=
                foo; a="10" , bar                    | foo;a=10 bar
                ` foo\\t;\\ta = 1 , , bar `          | foo;a=1 bar
                ` foo ; a = "1" `                    | foo;a=1
                foo;A=b;a=B                          | foo;A=b;a=B
                a, a                                 | a a
                ``                                   | ``
                permessage-deflate; client_max_window_bits; server_max_window_bits=10 \
                | permessage-deflate;client_max_window_bits=;server_max_window_bits=10
                """)
        void areReadInOrder(String header, String extensions) throws MalformedHeaderException {
            assertThat(HeaderGrammar.extensions(lines(header)).stream()
                            .map(Extensions::text)
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(extensions);
        }

        private static String text(HeaderGrammar.Extension extension) {
            return extension.name()
                    + extension.parameters().stream()
                            .map(Map.Entry::toString)
                            .map(";"::concat)
                            .collect(Collectors.joining());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    ";",
                    "foo;",
                    "foo;;a",
                    "foo;=1",
                    "foo;a=",
                    "foo;a=;b",
                    "foo;a==1",
                    "foo a",
                    "foo;a b",
                    "foo;a=1 2",
                    "foo;a=1=2",
                    "foo=1",
                    "\"foo\"",
                    "foo;\"a\"",
                    "foo;a=\u00e9",
                    "foo,@",
                    "foo;a=1;,bar"
                })
        void areNothingElse(String header) {
            assertMalformed(() -> HeaderGrammar.extensions(List.of(header)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"foo;a=\"", "foo;a=\"1", "foo;a=\"1\\\"", "foo;a=\"1\\", "foo;a=\"1, bar"})
        void aQuotedStringHasAnEnd(String header) {
            assertMalformed(() -> HeaderGrammar.extensions(List.of(header)), "a quoted string without an end");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "foo;a=\"\"",
                    "foo;a=\"1 2\"",
                    "foo;a=\"1,2\"",
                    "foo;a=\"\\\"\"",
                    "foo;a=\"\\\\\"",
                    "foo;a=\"\u00e9\""
                })
        void aQuotedStringIsAToken(String header) {
            assertMalformed(() -> HeaderGrammar.extensions(List.of(header)), "a quoted value that is not a token");
        }

        @Test
        void aQuotedStringEndsWithItsLine() {
            assertMalformed(() -> HeaderGrammar.extensions(List.of("foo;a=\"1", "2\"")));
        }

        @Test
        void nothingMayFollowAQuotedString() {
            assertMalformed(() -> HeaderGrammar.extensions(List.of("foo;a=\"1\"2")), "a comma was expected");
        }
    }

    @Test
    void theExceptionHasNoStackTrace() {
        assertThatExceptionOfType(MalformedHeaderException.class)
                .isThrownBy(() -> HeaderGrammar.tokens(List.of("@")))
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    private static void assertMalformed(ThrowingCallable reading) {
        assertMalformed(reading, "");
    }

    private static void assertMalformed(ThrowingCallable reading, String message) {
        assertThatExceptionOfType(MalformedHeaderException.class)
                .isThrownBy(reading)
                .withMessageContaining(message);
    }

    private static List<String> lines(String header) {
        return List.of(header.translateEscapes().split(" // "));
    }
}
