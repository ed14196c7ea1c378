package dev.pushwire.api;

import dev.pushwire.access.TokenPrincipal;
import org.springframework.web.ErrorResponseException;

/** Who asks. */
sealed interface Caller {
    /** Whether this is allowed for all topics, or on all connections. */
    boolean has(Scope scope);

    /** Works on this machine, where there are no keys: may do everything. */
    record Local() implements Caller {
        @Override
        public boolean has(Scope scope) {
            return true;
        }
    }

    /** Has a key. */
    record KeyHolder(ApiKey key) implements Caller {
        @Override
        public boolean has(Scope scope) {
            return key.scopes().contains(scope);
        }
    }

    /** Has a token. */
    record Bearer(TokenPrincipal token) implements Caller {
        @Override
        public boolean has(Scope scope) {
            return token.scopes().contains(scope.claim());
        }
    }

    /**
     * Has said nothing of itself.
     *
     * @param needed what is answered where that is not enough
     */
    record Nobody(ErrorResponseException needed) implements Caller {
        @Override
        public boolean has(Scope scope) {
            return false;
        }
    }
}
