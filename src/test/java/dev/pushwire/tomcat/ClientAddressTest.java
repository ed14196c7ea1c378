package dev.pushwire.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7239, section 6, and what else proxies write. */
class ClientAddressTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            WRITTEN,                    READ
            203.0.113.9,                203.0.113.9
            ' 203.0.113.9 ',            203.0.113.9
            203.0.113.9:4711,           203.0.113.9
            203.0.113.9:_hidden,        203.0.113.9
            [203.0.113.9:4711],         203.0.113.9
            [203.0.113.9],              203.0.113.9
            203.0.113.009,              203.0.113.9
            2001:db8::1,                2001:db8:0:0:0:0:0:1
            2001:DB8::1,                2001:db8:0:0:0:0:0:1
            2001:0db8:0000::0001,       2001:db8:0:0:0:0:0:1
            [2001:db8::1],              2001:db8:0:0:0:0:0:1
            [2001:db8::1]:4711,         2001:db8:0:0:0:0:0:1
            [2001:db8::1]:_hidden,      2001:db8:0:0:0:0:0:1
            [[2001:db8::1]:4711],       2001:db8:0:0:0:0:0:1
            ::1,                        0:0:0:0:0:0:0:1
            ::ffff:203.0.113.9,         203.0.113.9
            [::FFFF:203.0.113.9]:4711,  203.0.113.9
            ::ffff:cb00:7109,           203.0.113.9
            fe80::1%eth0,               fe80:0:0:0:0:0:0:1
            [fe80::1%25eth0]:4711,      fe80:0:0:0:0:0:0:1
            """)
    void anAddressIsReadHoweverItIsWritten(String written, String read) {
        assertThat(ClientAddress.read(written)).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "unknown", "_hidden", "_hidden:80", "localhost", "client.example.com", "4711", "1.2.3",
                        "1.2.3.256",
                "1.2.3.4.5", "-1.2.3.4", "0x7f.0.0.1", "[", "]", "[]", "[2001:db8::1", "2001:db8::1]", "[2001:db8::1]x",
                        ":",
                "::1::", "2001:db8::g", "::ffff:1.2.3", "203.0.113.9, 10.0.0.1", "%eth0", "\"203.0.113.9\""
            })
    void whatIsNoAddressIsNone(String written) {
        assertThat(ClientAddress.read(written)).isNull();
    }
}
