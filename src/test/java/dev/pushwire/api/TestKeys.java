package dev.pushwire.api;

import dev.pushwire.access.Secrets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Keys with the secrets that a test gives. */
final class TestKeys {
    static final ApiKeys NONE = new ApiKeys(List.of());

    private TestKeys() {}

    /** Keys that may do everything, called {@code key-1} and so on. */
    static ApiKeys of(String... secrets) {
        List<ApiKey> keys = new ArrayList<>();
        for (String secret : secrets) {
            keys.add(key("key-" + (keys.size() + 1), secret, EnumSet.allOf(Scope.class)));
        }
        return new ApiKeys(keys);
    }

    static ApiKey key(String name, String secret, Set<Scope> scopes) {
        return new ApiKey(name, scopes, new Secrets("pushwire.api.keys." + name, secret, null, ApiKey.RULE));
    }
}
