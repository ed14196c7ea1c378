package dev.pushwire.api;

import dev.pushwire.access.AccessSettings;
import dev.pushwire.api.Caller.Bearer;
import dev.pushwire.api.Caller.Nobody;
import dev.pushwire.api.Caller.Trusted;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.TopicAccess;
import jakarta.servlet.http.HttpServletRequest;

/**
 * What a caller may do. A token's scopes hold for all topics; without them it may do what its bearer may over a WebSocket.
 * Each method answers 401 to nobody in particular and 403 to whoever may not.
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
        switch (caller) {
            case Trusted _ -> {}
            case Bearer bearer -> {
                if (!bearer.has(Bearer.PUBLISH) && !topics.mayPublish(bearer.token(), topic)) {
                    throw Problems.mayNotPublish();
                }
            }
            case Nobody(var needed) -> throw needed;
        }
    }

    void mayRead(Caller caller, TopicName topic) {
        if (!isOpen(caller, topic)) {
            throw caller instanceof Nobody(var needed) ? needed : Problems.mayNotRead();
        }
    }

    /** Whether a caller may know of a topic, without saying no. */
    boolean isOpen(Caller caller, TopicName topic) {
        return switch (caller) {
            case Trusted _ -> true;
            case Bearer bearer ->
                bearer.has(Bearer.READ) || topics.maySubscribe(bearer.token(), TopicPattern.exactly(topic));
            case Nobody _ -> topics.maySubscribe(null, TopicPattern.exactly(topic));
        };
    }

    void mayAdminister(HttpServletRequest request) {
        switch (callers.of(request)) {
            case Trusted _ -> {}
            case Bearer bearer -> {
                if (!bearer.has(Bearer.ADMIN)) {
                    throw Problems.mayNotAdminister();
                }
            }
            case Nobody(var needed) -> throw needed;
        }
    }
}
