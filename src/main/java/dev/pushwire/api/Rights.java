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
 * What a caller may do. Scopes hold for all topics; without them a token may do what its bearer may over a WebSocket, and a key
 * nothing.
 * Each method answers 401 to nobody in particular and 403 to a caller without the right.
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

    /** Who asks, unless it is nobody in particular. */
    Caller known(HttpServletRequest request) {
        Caller caller = callers.of(request);
        if (caller instanceof Nobody(var needed)) {
            throw needed;
        }
        return caller;
    }

    /** Who asks, nobody in particular among them where such clients may connect as well. */
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

    /** To Socket.IO clients, who are in no topic. */
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

    /** Whether a caller may know of a topic, without saying no. */
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
