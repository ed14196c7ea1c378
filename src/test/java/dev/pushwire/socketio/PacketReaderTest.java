package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket.IO 5 packets as text, and their attachments. */
class PacketReaderTest {
    private static final byte[] ONE = {1, 2, 3};
    private static final byte[] TWO = {4};

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                               | CONNECT / null",
                "0{\"token\":\"123\"}            | CONNECT / {\"token\":\"123\"}",
                "0/custom                        | CONNECT /custom null",
                "0/custom,                       | CONNECT /custom null",
                "0/custom,{\"a\":1}              | CONNECT /custom {\"a\":1}",
                "0/im?a=1,                       | CONNECT /im?a=1 null",
                "1                               | DISCONNECT /",
                "1/custom,                       | DISCONNECT /custom",
                "2[\"a\"]                        | EVENT / -1 a []",
                "2[\"a\",1]                      | EVENT / -1 a [1]",
                "2[ \"a\" , 1 ]                  | EVENT / -1 a [ 1 ]",
                "2[7,\"x\"]                      | EVENT / -1 7 [\"x\"]",
                "212[\"a\",{\"b\":[true,null]}]  | EVENT / 12 a [{\"b\":[true,null]}]",
                "2/x,0[\"a\",1.50,2e3]           | EVENT /x 0 a [1.50,2e3]",
                "2[\"error\"]                    | EVENT / -1 error []",
                "2[\"\\u0061\\\"]\",1]           | EVENT / -1 a\"] [1]",
                "39007199254740991[]             | ACK / 9007199254740991 []",
                "3/admin,456[1,\"2\"]            | ACK /admin 456 [1,\"2\"]",
                "4/x,{\"message\":\"No\"}        | CONNECT_ERROR /x {\"message\":\"No\"}",
                "4\"No\"                         | CONNECT_ERROR / \"No\""
            })
    void reads(String text, String packet) {
        Decoding decoding = decode(text);
        assertThat(decoding.fault()).isNull();
        assertThat(decoding.packets()).containsExactly(packet);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "9[]",
                "x",
                "4",
                "4[]",
                "4/x,1",
                "0[]",
                "0\"a\"",
                "0{",
                "0{}x",
                "0/x,1x",
                "1{}",
                "1\"\"",
                "2",
                "2{}",
                "2[]",
                "2[\"a\"",
                "2[\"a\"]]",
                "2[\"a\"] []",
                "2[null]",
                "2[true]",
                "2[[\"a\"]]",
                "2abc[\"a\"]",
                "212",
                "2/x",
                "2[\"a\",NaN]",
                "2[\"a\",'b']",
                "2[\"a\" 1]",
                "3[]",
                "31",
                "31{}",
                "31\"\"",
                "3abc[]",
                "210000000000000000[\"a\"]",
                "29007199254740992[\"a\"]",
                "2[\"a\",{\"x\":1,\"x\":2}]",
                "2[\"connect\"]",
                "2[\"connect_error\"]",
                "2[\"disconnect\"]",
                "2[\"disconnecting\"]",
                "2[\"newListener\"]",
                "2[\"removeListener\"]"
            })
    void refuses(String text) {
        assertThat(decode(text).fault()).isNotNull();
    }

    @Test
    @DisplayName("CVE-2023-32695: the name of an event is a string or a number, no object")
    void refusesAnObjectForAName() {
        assertThat(decode("2[{\"toString\":\"foo\"}]").fault()).isEqualTo("invalid payload");
    }

    @Test
    void readsNoDeeperThanTheRule() {
        assertThat(decode("2[\"a\"," + "[".repeat(499) + "]".repeat(499) + "]").fault())
                .isNull();
        assertThat(decode("2[\"a\"," + "[".repeat(500) + "]".repeat(500) + "]").fault())
                .isEqualTo("invalid payload");
        assertThat(decode("2[\"a\"," + "[".repeat(500_000)).fault()).isEqualTo("invalid payload");
    }

    @Nested
    class Attachments {
        @Test
        void followTheirPacket() {
            Decoding decoding = decode(
                    "52-/x,7[\"a\",{\"_placeholder\":true,\"num\":1},{\"b\":{\"num\":0,\"_placeholder\":true}}]",
                    ONE,
                    TWO);
            assertThat(decoding.fault()).isNull();
            assertThat(decoding.packets())
                    .containsExactly("EVENT /x 7 a [{\"_placeholder\":true,\"num\":1},"
                            + "{\"b\":{\"num\":0,\"_placeholder\":true}}] 010203 04");
            assertThat(decode("61-3[{\"_placeholder\":true,\"num\":0}]", ONE).packets())
                    .containsExactly("ACK / 3 [{\"_placeholder\":true,\"num\":0}] 010203");
        }

        @Test
        void mayBeReferredToMoreThanOnce() {
            String twice = "[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]";
            assertThat(decode("51-" + twice, ONE).packets()).hasSize(1);
        }

        @Test
        void areNotWhatLooksLikeThemInAPacketWithout() {
            assertThat(decode("2[\"a\",{\"_placeholder\":true,\"num\":7}]").packets())
                    .containsExactly("EVENT / -1 a [{\"_placeholder\":true,\"num\":7}]");
        }

        @Test
        @DisplayName("CVE-2026-33151 and its successor: from 1 to 10 attachments")
        void areFewAndAtLeastOne() {
            for (String count : List.of("0", "11", "00", "100", "-1", "1e1", "1.0", "", " 1", "99999999999")) {
                assertThat(decode("5" + count + "-[\"a\",{\"_placeholder\":true,\"num\":0}]")
                                .fault())
                        .as(count)
                        .isEqualTo("illegal attachments");
            }
            assertThat(decode("5[\"a\"]").fault()).isEqualTo("illegal attachments");
            assertThat(decode("51").fault()).isEqualTo("illegal attachments");
            assertThat(decode("510-[\"a\"," + placeholders(10) + "]").fault()).isNull();
        }

        @ParameterizedTest
        @DisplayName("CVE-2022-2421: the number of a placeholder is an index")
        @ValueSource(
                strings = {
                    "{\"_placeholder\":true,\"num\":1}",
                    "{\"_placeholder\":true,\"num\":-1}",
                    "{\"_placeholder\":true,\"num\":0.0}",
                    "{\"_placeholder\":true,\"num\":99999999999999}",
                    "{\"_placeholder\":true,\"num\":\"splice\"}",
                    "{\"_placeholder\":true,\"num\":[0]}",
                    "{\"_placeholder\":true,\"num\":{\"a\":0}}",
                    "{\"_placeholder\":true,\"num\":0,\"x\":1}",
                    "{\"x\":{},\"_placeholder\":true,\"num\":0}",
                    "{\"x\":[],\"_placeholder\":true,\"num\":0}",
                    "{\"_placeholder\":true}",
                    "{\"_placeholder\":false,\"num\":0}",
                    "{\"num\":0}",
                    "[{\"a\":[true]}]",
                    "1"
                })
        void havePlaceholdersThatFit(String argument) {
            assertThat(decode("51-[\"a\"," + argument + "]").fault()).isIn("illegal attachments", "invalid payload");
        }

        @Test
        void areAllReferredTo() {
            assertThat(decode("52-[\"a\"," + placeholders(1) + "]").fault()).isEqualTo("illegal attachments");
        }

        @Test
        void comeAtOnce() {
            String header = "52-[\"a\"," + placeholders(2) + "]";
            assertThat(decode(header, ONE, "2[\"b\"]").fault()).isEqualTo("text where an attachment was due");
            assertThat(decode(ONE).fault()).isEqualTo("an attachment of no packet");
            assertThat(decode(header, ONE, TWO, ONE).fault()).isEqualTo("an attachment of no packet");
        }

        @Test
        void countTogetherWithTheText() {
            String header = "52-[\"a\"," + placeholders(2) + "]";
            byte[] half = new byte[(1000 - header.length()) / 2];
            assertThat(Decoding.of(1000, List.of(header, half, half)).fault()).isNull();
            assertThat(Decoding.of(1000, List.of(header, half)).held()).isEqualTo(header.length() + half.length);
            assertThat(Decoding.of(1000, List.of(header, half, new byte[half.length + 2]))
                            .fault())
                    .isEqualTo("a packet that is too large");
        }

        private String placeholders(int count) {
            return String.join(
                    ",",
                    Stream.iterate(0, i -> i + 1)
                            .limit(count)
                            .map(i -> "{\"_placeholder\":true,\"num\":" + i + "}")
                            .toList());
        }
    }

    private static Decoding decode(Object... messages) {
        return Decoding.of(1_000_000, List.of(messages));
    }
}
