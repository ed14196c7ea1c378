package dev.pushwire.pushprotocol;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.endpoint.spi.TokenAuthenticator;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Outcome;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import dev.pushwire.push.Hub;
import dev.pushwire.push.NewTopics;
import dev.pushwire.push.Presence;
import dev.pushwire.push.TooManyPatternsException;
import dev.pushwire.push.TopicAccess;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Carries commands out. May wait for the broker. */
final class CommandHandler {
    private final Hub hub;
    private final Presence presence;
    private final TopicAccess access;
    private final TokenAuthenticator tokens;
    private final NewTopics newTopics;
    private final SubscriptionLimits limits;

    CommandHandler(
            Hub hub,
            Presence presence,
            TopicAccess access,
            TokenAuthenticator tokens,
            NewTopics newTopics,
            SubscriptionLimits limits) {
        this.hub = hub;
        this.presence = presence;
        this.access = access;
        this.tokens = tokens;
        this.newTopics = newTopics;
        this.limits = limits;
    }

    void handle(Session session, Command command, Replies replies) throws CommandException {
        boolean isForAll = command instanceof Command.Authenticate || command instanceof Command.Ping;
        if (LeasedSession.of(session).lease().provisional() && !isForAll) {
            throw new CommandException(command.id(), ErrorCode.UNAUTHENTICATED);
        }
        try {
            switch (command) {
                case Command.Authenticate authenticate -> authenticate(session, authenticate, replies);
                case Command.Subscribe subscribe -> subscribe(session, subscribe, replies);
                case Command.Unsubscribe unsubscribe -> unsubscribe(session, unsubscribe, replies);
                case Command.Publish publish -> publish(session, publish, replies);
                case Command.Presence of -> presence(session, of, replies);
                case Command.Ping ping -> replies.add(Json.pong(ping.id()));
            }
        } catch (BrokerUnavailableException e) {
            throw new CommandException(command.id(), ErrorCode.UNAVAILABLE);
        } catch (TooManyTopicsException e) {
            throw new CommandException(command.id(), ErrorCode.TOO_MANY_TOPICS);
        }
    }

    private void authenticate(Session session, Command.Authenticate command, Replies replies) throws CommandException {
        boolean wasAnonymous = session.principal() == null;
        switch (tokens.authenticate(session, command.token())) {
            case Outcome.Authenticated(Principal principal, Instant expiresAt) -> {
                replies.add(Json.authenticated(command.id(), principal.getName(), expiresAt));
                endWhatIsForbidden(session, principal, replies);
                if (wasAnonymous) {
                    enterAnew(session);
                }
            }
            case Outcome.Refused(Refusal refusal, String reason) ->
                throw new CommandException(
                        command.id(),
                        switch (refusal) {
                            case INVALID -> ErrorCode.INVALID_TOKEN;
                            case OTHER_PRINCIPAL -> ErrorCode.OTHER_PRINCIPAL;
                            case TOO_MANY_CONNECTIONS -> ErrorCode.TOO_MANY_CONNECTIONS;
                            case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
                        },
                        reason);
        }
    }

    /** A new token may allow less than the one before. */
    private void endWhatIsForbidden(Session session, Principal principal, Replies replies) {
        Predicate<TopicPattern> ends = pattern -> {
            boolean forbidden = !access.maySubscribe(principal, pattern);
            if (forbidden) {
                leave(session, pattern);
                replies.add(Json.unsubscribed(pattern));
            }
            return forbidden;
        };
        Client.of(session).topics().keySet().removeIf(ends);
        Client.of(session).patterns().removeIf(ends);
    }

    /** Where it shows who is on a topic, it shows from now on whose this connection is. */
    private void enterAnew(Session session) {
        Client.of(session).topics().forEach((exactly, info) -> {
            presence.leave(exactly.topic(), session);
            presence.enter(exactly.topic(), session, info.orElse(null));
        });
    }

    private void subscribe(Session session, Command.Subscribe command, Replies replies) throws CommandException {
        Client client = Client.of(session);
        TopicPattern pattern = command.pattern();
        if (client.isSubscribed(pattern)) {
            throw new CommandException(command.id(), ErrorCode.ALREADY_SUBSCRIBED);
        }
        if (pattern.hasWildcard() && client.patterns().size() >= limits.patterns()) {
            throw new CommandException(command.id(), ErrorCode.TOO_MANY_PATTERNS);
        }
        if (!pattern.hasWildcard() && client.topics().size() >= limits.topics()) {
            throw new CommandException(command.id(), ErrorCode.TOO_MANY_SUBSCRIPTIONS);
        }
        if (!access.maySubscribe(session.principal(), pattern)) {
            throw denied(session, command, access.tokenMayLetSubscribe(pattern));
        }
        if (!hub.isLive(pattern) && !newTopics.allows(session)) {
            throw new CommandException(command.id(), ErrorCode.TOO_MANY_NEW_TOPICS);
        }
        if (pattern.hasWildcard()) {
            subscribeToPattern(session, command, replies);
        } else {
            subscribeByName(session, command, replies);
        }
    }

    private void subscribeToPattern(Session session, Command.Subscribe command, Replies replies)
            throws CommandException {
        try {
            hub.subscribe(command.pattern(), JsonFormat.INSTANCE, session);
        } catch (TooManyPatternsException e) {
            throw new CommandException(command.id(), ErrorCode.SERVER_FULL);
        }
        replies.add(Json.subscribed(command.id(), command.pattern()));
        Client.of(session).patterns().add(command.pattern());
    }

    private void subscribeByName(Session session, Command.Subscribe command, Replies replies) {
        TopicName topic = command.pattern().topic();
        boolean isShown = presence.isShown(topic);
        String connection = isShown ? session.id() : null;
        hub.subscribe(topic, JsonFormat.INSTANCE, session, command.since(), start -> {
            // the publications that follow do not wait for the other commands
            replies.addAndFlush(Json.subscribed(command.id(), command.pattern(), start, connection));
        });
        String info = isShown ? command.info() : null; // else nobody asks for it
        Client.of(session).topics().put(command.pattern(), Optional.ofNullable(info));
        presence.enter(topic, session, info);
    }

    private void unsubscribe(Session session, Command.Unsubscribe command, Replies replies) throws CommandException {
        Client client = Client.of(session);
        if (client.topics().remove(command.pattern()) == null
                && !client.patterns().remove(command.pattern())) {
            throw new CommandException(command.id(), ErrorCode.NOT_SUBSCRIBED);
        }
        leave(session, command.pattern());
        replies.add(Json.unsubscribed(command.id(), command.pattern()));
    }

    private void publish(Session session, Command.Publish command, Replies replies) throws CommandException {
        if (!access.mayPublish(session.principal(), command.topic())) {
            throw denied(session, command, access.tokenMayLetPublish(command.topic()));
        }
        PublishResult result = hub.publish(command.topic(), command.payload(), command.options());
        replies.add(Json.published(command.id(), command.topic(), result));
    }

    private void presence(Session session, Command.Presence command, Replies replies) throws CommandException {
        TopicPattern topic = TopicPattern.exactly(command.topic());
        if (!access.maySubscribe(session.principal(), topic)) {
            throw denied(session, command, access.tokenMayLetSubscribe(topic));
        }
        if (!presence.isShown(command.topic())) {
            throw new CommandException(command.id(), ErrorCode.NO_PRESENCE);
        }
        replies.add(Json.presence(command.id(), command.topic(), presence.members(command.topic())));
    }

    private static CommandException denied(Session session, Command command, boolean tokenMayHelp) {
        return session.principal() == null && tokenMayHelp
                ? new CommandException(
                        command.id(), ErrorCode.UNAUTHENTICATED, "That needs a token on this topic: authenticate.")
                : new CommandException(command.id(), ErrorCode.FORBIDDEN);
    }

    private void leave(Session session, TopicPattern pattern) {
        hub.unsubscribe(pattern, JsonFormat.INSTANCE, session);
        if (!pattern.hasWildcard()) {
            presence.leave(pattern.topic(), session);
        }
    }

    /** Ends all that a connection began. */
    void close(Session session) {
        Client.of(session).topics().keySet().forEach(exactly -> leave(session, exactly));
        Client.of(session).patterns().forEach(pattern -> leave(session, pattern));
    }
}
