package dev.pushwire.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of the HTTP API. Thread-safe. */
public final class ApiKeys {
    private final List<ApiKey> keys;

    /**
     * Makes a set of keys, which may be empty.
     *
     * @throws IllegalArgumentException if two keys have the same secret, since a request with it would have two holders
     */
    public ApiKeys(List<ApiKey> keys) {
        this.keys = List.copyOf(keys);
        for (int i = 0; i < keys.size(); i++) {
            for (int j = 0; j < i; j++) {
                checkDifferent(keys.get(j), keys.get(i));
            }
        }
    }

    private static void checkDifferent(ApiKey one, ApiKey other) {
        if (other.secrets().current().stream().anyMatch(one.secrets()::contain)) {
            throw new IllegalArgumentException("pushwire.api.keys." + one.name() + " and pushwire.api.keys."
                    + other.name() + " have the same secret: give each its own");
        }
    }

    /** Whether there are none: then only callers on this machine, and callers with a token, may do something. */
    public boolean areNone() {
        return keys.isEmpty();
    }

    /** Whether there is a file to {@linkplain #reread look at} now and then. */
    public boolean haveFiles() {
        return keys.stream().anyMatch(key -> key.secrets().haveFile());
    }

    /** Reads the files again. */
    public void reread() {
        keys.forEach(key -> key.secrets().reread());
    }

    /**
     * The key with this secret; null for none. The time does not depend on which key it is, nor on how much of one a
     * guess has right.
     */
    @Nullable
    ApiKey find(String text) {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        ApiKey found = null;
        for (ApiKey key : keys) {
            if (key.secrets().contain(sent) && found == null) {
                found = key;
            }
        }
        return found;
    }
}
