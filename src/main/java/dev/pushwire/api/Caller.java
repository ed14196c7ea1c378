package dev.pushwire.api;

import dev.pushwire.access.TokenPrincipal;
import org.springframework.web.ErrorResponseException;

/** Who asks. */
sealed interface Caller {
    /** Has a key, or works on this machine where there are no keys: may do everything. */
    record Trusted() implements Caller {}

    /** Has a token. */
    record Bearer(TokenPrincipal token) implements Caller {
        /** May publish to every topic. */
        static final String PUBLISH = "pushwire:publish";
        /** May read of every topic. */
        static final String READ = "pushwire:read";
        /** May see connections, close them, and revoke. */
        static final String ADMIN = "pushwire:admin";

        boolean has(String scope) {
            return token.scopes().contains(scope);
        }
    }

    /**
     * Has said nothing of itself.
     *
     * @param needed what is answered where that is not enough
     */
    record Nobody(ErrorResponseException needed) implements Caller {}
}
