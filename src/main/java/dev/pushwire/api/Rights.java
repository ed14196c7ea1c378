package dev.pushwire.api;

import dev.pushwire.access.AccessSettings;
import dev.pushwire.api.Caller.Bearer;
import dev.pushwire.api.Caller.KeyHolder;
import dev.pushwire.api.Caller.Local;
import dev.pushwire.api.Caller.Nobody;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.TopicAccess;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.ErrorResponseException;

/**
 * The rights of callers. A scope holds for all topics. Without scopes, a token allows what its user may do over a
 * WebSocket, and a key allows nothing.
 *
 * <p>Each method answers 401 to a caller without credentials, and 403 to a caller without the right.
 */
public final class Rights {
    private final Callers callers;
    private final TopicAccess topics;
    private final AccessSettings access;

    public Rights(Callers callers, TopicAccess topics, AccessSettings access) {
        this.callers = callers;
        this.topics = topics;
        this.access = access;
    }

    /** The caller, which must have credentials. */
    Caller known(HttpServletRequest request) {
        Caller caller = callers.of(request);
        if (caller instanceof Nobody(var needed)) {
            throw needed;
        }
        return caller;
    }

    /** The caller. It may be without credentials, if such clients may connect as well. */
    Caller anybody(HttpServletRequest request) {
        Caller caller = callers.of(request);
        if (caller instanceof Nobody(var needed) && !access.anonymous()) {
            throw needed;
        }
        return caller;
    }

    void mayPublish(Caller caller, TopicName topic) {
        boolean allowed =
                caller.has(Scope.PUBLISH) || (caller instanceof Bearer(var token) && topics.mayPublish(token, topic));
        if (!allowed) {
            throw refusal(caller, Scope.PUBLISH);
        }
    }

    /** Checks the right to emit to Socket.IO clients, which are in no topic. */
    void mayEmit(HttpServletRequest request) {
        Caller caller = known(request);
        if (!caller.has(Scope.PUBLISH)) {
            throw refusal(caller, Scope.PUBLISH);
        }
    }

    void mayRead(Caller caller, TopicName topic) {
        if (!isOpen(caller, topic)) {
            throw refusal(caller, Scope.READ);
        }
    }

    /** Whether a caller may know of a topic. Does not refuse the request. */
    boolean isOpen(Caller caller, TopicName topic) {
        return caller.has(Scope.READ)
                || switch (caller) {
                    case Local _, KeyHolder _ -> false;
                    case Bearer(var token) -> topics.maySubscribe(token, TopicPattern.exactly(topic));
                    case Nobody _ -> topics.maySubscribe(null, TopicPattern.exactly(topic));
                };
    }

    void mayAdminister(HttpServletRequest request) {
        Caller caller = callers.of(request);
        if (!caller.has(Scope.ADMIN)) {
            throw refusal(caller, Scope.ADMIN);
        }
    }

    private static ErrorResponseException refusal(Caller caller, Scope lacking) {
        return switch (caller) {
            case Nobody(var needed) -> needed;
            case Local _, KeyHolder _ -> Problems.keyLacks(lacking);
            case Bearer _ -> Problems.tokenLacks(lacking);
        };
    }
}
