package dev.pushwire.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKeyTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9",
        "2001:db8:0:1:0:0:0:1, 20010db800000001/64",
        "2001:DB8:0:1:ffff::, 20010db800000001/64",
        "2001:db8:0:2::1, 20010db800000002/64",
        "::ffff:203.0.113.9, 203.0.113.9",
        "unknown, unknown",
        "_hidden, unknown",
        "'', unknown",
        "203.0.113.9:4711, unknown"
    })
    void isTheAddressOrItsNetwork(String address, String key) {
        assertThat(AddressKey.of(address)).isEqualTo(key);
    }
}
