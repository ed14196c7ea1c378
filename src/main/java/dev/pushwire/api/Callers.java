package dev.pushwire.api;

import dev.pushwire.access.HandshakeToken;
import dev.pushwire.access.TokenRefusedException;
import dev.pushwire.access.TokenVerifier;
import dev.pushwire.api.Caller.Bearer;
import dev.pushwire.api.Caller.KeyHolder;
import dev.pushwire.api.Caller.Local;
import dev.pushwire.api.Caller.Nobody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/** Finds the caller of a request, by key, token, or machine. It reads neither the body nor cookies. */
public final class Callers {
    private final ApiKeys keys;
    private final TokenVerifier tokens;

    public Callers(ApiKeys keys, TokenVerifier tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    /**
     * The caller of the request.
     *
     * @throws ErrorResponseException 400 for more than one Authorization; 401 for a key or token that is not valid; 503
     *     for a token that cannot be checked now
     */
    Caller of(HttpServletRequest request) {
        AuditNotes.asked(request);
        Caller caller = find(request);
        AuditNotes.caller(request, caller);
        return caller;
    }

    private Caller find(HttpServletRequest request) {
        String sent = sent(request);
        ApiKey key = sent == null ? null : keys.find(sent);
        if (key != null) {
            return new KeyHolder(key);
        }
        if (sent != null && tokens.isConfigured()) {
            return bearer(sent);
        }
        if (sent != null && !keys.areNone()) {
            throw Problems.keyUnknown();
        }
        if (keys.areNone() && LocalCaller.isLocal(request)) {
            return new Local();
        }
        return new Nobody(needed());
    }

    /**
     * The caller of a request that takes tokens alone. No key is looked at, so nobody can try keys there.
     *
     * @throws ErrorResponseException as {@link #of}; 401 also for a caller without a token
     */
    Bearer bearer(HttpServletRequest request) {
        String sent = sent(request);
        if (sent == null || !tokens.isConfigured()) {
            throw Problems.tokenMissing();
        }
        return bearer(sent);
    }

    /** The credentials; null for none. */
    private static @Nullable String sent(HttpServletRequest request) {
        if (Collections.list(request.getHeaders("Authorization")).size() > 1) {
            throw Problems.severalCredentials();
        }
        return HandshakeToken.bearerToken(request.getHeader("Authorization"));
    }

    private Bearer bearer(String token) {
        try {
            return new Bearer(tokens.verify(token));
        } catch (TokenRefusedException e) {
            throw switch (e.refusal()) {
                case INVALID, OTHER_PRINCIPAL, TOO_MANY_CONNECTIONS -> Problems.tokenRefused(e.reason());
                case UNAVAILABLE -> Problems.tokenUncheckable(e.reason());
            };
        }
    }

    private ErrorResponseException needed() {
        if (tokens.isConfigured()) {
            return Problems.credentialsMissing();
        }
        return keys.areNone() ? Problems.notLocal() : Problems.keyMissing();
    }
}
