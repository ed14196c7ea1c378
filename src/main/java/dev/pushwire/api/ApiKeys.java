package dev.pushwire.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of the HTTP API. Thread-safe. */
public final class ApiKeys {
    private final List<ApiKey> keys;

    /**
     * Any number of keys.
     *
     * @throws IllegalArgumentException where two keys have the same secret: whose is a request with it?
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

    /** Whether there are none: only callers on this machine may do something then, unless they have a token. */
    public boolean areNone() {
        return keys.isEmpty();
    }

    /** Whether a file is to be {@linkplain #reread looked at} now and then. */
    public boolean haveFiles() {
        return keys.stream().anyMatch(key -> key.secrets().haveFile());
    }

    /** Takes what is new in files. */
    public void reread() {
        keys.forEach(key -> key.secrets().reread());
    }

    /** Whose this is; null for nobody's. Takes the same time whichever key it is, and however much of one a guess has right. */
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
