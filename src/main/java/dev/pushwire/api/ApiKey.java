package dev.pushwire.api;

import dev.pushwire.access.Secrets;
import java.util.Set;

/**
 * A key of the HTTP API.
 *
 * @param name the name of its holder in the log
 * @param scopes what its holder may do
 * @param secrets the service accepts each of them for the key
 */
public record ApiKey(String name, Set<Scope> scopes, Secrets secrets) {
    /** The least length of a secret. A shorter one could be guessed. */
    public static final int MIN_LENGTH = 16;

    private static final String NAME = "[A-Za-z0-9_-]{1,64}";

    /** The rule for a secret, so that a header can carry it. */
    public static final Secrets.Rule RULE = new Secrets.Rule() {
        @Override
        public boolean accepts(String secret) {
            return secret.length() >= MIN_LENGTH && secret.chars().allMatch(c -> c > ' ' && c < 0x7F);
        }

        @Override
        public String sentence() {
            return "a key is at least " + MIN_LENGTH + " visible ASCII characters without spaces";
        }
    };

    /**
     * @throws IllegalArgumentException if the name is not 1 to 64 letters, digits, {@code -} or {@code _}, or there are
     *     no scopes
     */
    public ApiKey {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "The name of a key in pushwire.api.keys is 1 to 64 letters, digits, '-' or '_', not '" + name
                            + "'");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException(
                    "pushwire.api.keys." + name + ".scopes must have one of publish, read and admin, or several");
        }
        scopes = Set.copyOf(scopes);
    }
}
