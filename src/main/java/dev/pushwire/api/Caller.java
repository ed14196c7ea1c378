package dev.pushwire.api;

import dev.pushwire.access.TokenPrincipal;
import org.springframework.web.ErrorResponseException;

/** The caller of the API. */
sealed interface Caller {
    /** Whether the caller has this right on all topics, or on all connections. */
    boolean has(Scope scope);

    /** A caller on this machine, where no keys are configured. It may do everything. */
    record Local() implements Caller {
        @Override
        public boolean has(Scope scope) {
            return true;
        }
    }

    /** A caller with a key. */
    record KeyHolder(ApiKey key) implements Caller {
        @Override
        public boolean has(Scope scope) {
            return key.scopes().contains(scope);
        }
    }

    /** A caller with a token. */
    record Bearer(TokenPrincipal token) implements Caller {
        @Override
        public boolean has(Scope scope) {
            return token.scopes().contains(scope.claim());
        }
    }

    /**
     * A caller without credentials.
     *
     * @param needed the answer if that is not enough
     */
    record Nobody(ErrorResponseException needed) implements Caller {
        @Override
        public boolean has(Scope scope) {
            return false;
        }
    }
}
