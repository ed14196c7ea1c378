package dev.pushwire.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final String SECRET = "0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "                    ",
                "0123456789abcde",
                "0123456789abcdef 0123456789",
                "0123456789abcdefü",
                "0123456789abcdef\n"
            })
    void aSecretIsLongEnoughAndFitsIntoAHeader(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestKeys.key("shop", secret, Set.of(Scope.READ)))
                .withMessageStartingWith("pushwire.api.keys.shop.secret cannot be used: ")
                .withMessageNotContaining("0123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a.b", "a\nb", "ü"})
    void aNameFitsIntoALineOfTheLog(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> TestKeys.key(name, SECRET, Set.of(Scope.READ)));
        assertThatIllegalArgumentException().isThrownBy(() -> TestKeys.key("n".repeat(65), SECRET, Set.of(Scope.READ)));
    }

    @Test
    void aKeyIsGoodForSomething() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestKeys.key("shop", SECRET, Set.of()))
                .withMessageStartingWith("pushwire.api.keys.shop.scopes must have ");
    }

    @Test
    void eachIsFoundByItsOwnSecret() {
        ApiKeys keys = TestKeys.of(SECRET, "fedcba9876543210");
        assertThat(keys.find(SECRET)).extracting(ApiKey::name).isEqualTo("key-1");
        assertThat(keys.find("fedcba9876543210")).extracting(ApiKey::name).isEqualTo("key-2");
        assertThat(keys.find(SECRET + "0")).isNull();
        assertThat(keys.find("")).isNull();
    }

    @Test
    void twoKeysDoNotShareASecret() {
        ApiKey one = TestKeys.key("one", SECRET, Set.of(Scope.READ));
        ApiKey other = TestKeys.key("other", SECRET, Set.of(Scope.ADMIN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ApiKeys(List.of(one, other)))
                .withMessage(
                        "pushwire.api.keys.one and pushwire.api.keys.other have the same secret: give each its own");
    }
}
