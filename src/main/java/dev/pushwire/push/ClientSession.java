package dev.pushwire.push;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Outcome;
import dev.pushwire.endpoint.spi.TokenAuthenticator.Refusal;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.ClientResult.Done;
import dev.pushwire.push.ClientResult.Refused;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All actions of one client on topics, whatever protocol it speaks. A door reads what the client wants, calls this
 * class, and writes down the result. This class takes care of rights, limits and presence, in the same way for every
 * door.
 *
 * <p>Publications do not pass through it: the hub sends them to the session that it was opened with. It does not depend
 * on how that session is connected, so the session may outlive a socket.
 *
 * <p>Thread-safe; calls take turns. They may wait for the broker, so they are not for an event loop.
 */
public final class ClientSession {
    private final ClientSessions all;
    private final LeasedSession session;
    private final MessageFormat format;
    private final Map<TopicPattern, Optional<String>> topics = new HashMap<>(4); // guarded by this, as are the next
    private final Set<TopicPattern> patterns = new HashSet<>(0);
    private final Set<TopicPattern> byServer = new HashSet<>(0); // those of them that the client did not ask for
    private volatile boolean closed; // written under the lock

    ClientSession(ClientSessions all, LeasedSession session, MessageFormat format) {
        this.all = all;
        this.session = session;
        this.format = format;
    }

    /** The client's id, as in presence. */
    public String id() {
        return session.id();
    }

    /** The client's user; null if it is anonymous. */
    public @Nullable Principal principal() {
        return session.principal();
    }

    /** Whether the client is still connected. */
    public boolean isOpen() {
        return session.isOpen();
    }

    /** Whether the client has yet to authenticate. If its first token is refused, the connection ends. */
    public boolean isProvisional() {
        return session.lease().provisional();
    }

    /**
     * Checks the client's token, which is its first one or replaces an earlier one. Subscriptions that the token does
     * not allow end.
     *
     * @param token as the client sent it, of any length
     */
    public synchronized ClientResult<Authenticated> authenticate(String token) {
        boolean wasAnonymous = session.principal() == null;
        return switch (all.tokens().authenticate(session, token)) {
            case Outcome.Authenticated(Principal principal, var expiresAt) -> {
                List<TopicPattern> ended = endWhatIsForbidden(principal);
                if (wasAnonymous) {
                    enterAnew();
                }
                yield new Done<>(
                        new Authenticated(principal, expiresAt, all.hub().until(expiresAt), ended));
            }
            case Outcome.Refused(Refusal refusal, String reason) -> new Refused<>(ClientRefusal.of(refusal), reason);
        };
    }

    private List<TopicPattern> endWhatIsForbidden(Principal principal) {
        List<TopicPattern> ended = new ArrayList<>(0);
        for (TopicPattern topic : subscriptions()) {
            if (!all.access().maySubscribe(principal, topic)) {
                end(topic);
                ended.add(topic);
            }
        }
        return ended;
    }

    /** Shows the connection's new user on the topics that show their members. */
    private void enterAnew() {
        topics.forEach((exactly, info) -> all.presence().enterAnew(exactly.topic(), session, info.orElse(null)));
    }

    /** The topics and patterns that the client is subscribed to now; a copy. */
    public synchronized List<TopicPattern> subscriptions() {
        List<TopicPattern> found = new ArrayList<>(topics.keySet());
        found.addAll(patterns);
        return found;
    }

    /**
     * Subscribes the client to the topics that its token names for it. The door calls this when the client has
     * connected, and when it has shown a token.
     *
     * @param first is told of each subscription, as in {@link #subscribe}
     * @param refused is told of each topic that the client could not be subscribed to
     */
    public synchronized void subscribeByServer(
            Consumer<Subscribed> first, BiConsumer<TopicPattern, Refused<Subscribed>> refused) {
        for (TopicPattern topic : all.access().subscribedByServer(session.principal())) {
            if (!isSubscribed(topic)) {
                switch (subscribe(topic, StartPoint.NOW, null, first)) {
                    case Done<Subscribed> _ -> byServer.add(topic);
                    case Refused<Subscribed> refusal -> refused.accept(topic, refusal);
                }
            }
        }
    }

    /**
     * Subscribes the node to several topics at once, before the client {@linkplain #subscribe subscribes} to one after
     * the other. So the client waits for the broker only once. If this fails, or is not allowed, {@code subscribe}
     * reports it.
     */
    public synchronized void prepare(List<TopicPattern> wanted) {
        if (closed || isProvisional()) {
            return;
        }
        List<TopicName> allowed = wanted.stream()
                .filter(topic -> !topic.hasWildcard() && !all.hub().isLive(topic))
                .limit(Math.max(0, all.limits().topics() - topics.size()))
                .filter(topic -> refusalOfSubscription(topic) == null)
                .map(TopicPattern::topic)
                .toList();
        if (allowed.size() > 1) {
            all.hub().prepare(allowed);
        }
    }

    /**
     * Subscribes the client to a topic or pattern. The subscription replaces one that the server made, so that a client
     * can still say where it left off. If it is refused, the server's goes on.
     *
     * @param from where the client left off, or how much of the past it wants. A pattern with wildcards has no past:
     *     its subscription begins now in any case
     * @param info what the client shows to other members, as JSON; null for nothing. It is not kept if the topic does
     *     not show its members
     * @param first is told of the subscription, before the client is sent anything of it. The topic is locked
     *     meanwhile, so it must not wait: it sends by {@link dev.pushwire.endpoint.Session#sendUnpaced}
     */
    public synchronized ClientResult<Subscribed> subscribe(
            TopicPattern topic, StartPoint from, @Nullable String info, Consumer<Subscribed> first) {
        return attempt(() -> {
            ClientRefusal refusal = refusalOfSubscription(topic);
            if (refusal != null) {
                return new Refused<>(refusal);
            }
            ClientResult<Subscribed> result =
                    topic.hasWildcard() ? subscribeToPattern(topic, first) : subscribeByName(topic, from, info, first);
            if (result instanceof Done) {
                if (byServer.remove(topic)) {
                    tell(() -> new ClientEvent.Unsubscribed(id(), session.principal(), topic.value()));
                }
                tell(() -> new ClientEvent.Subscribed(id(), session.principal(), topic.value()));
            }
            return result;
        });
    }

    private @Nullable ClientRefusal refusalOfSubscription(TopicPattern topic) {
        if (!byServer.contains(topic)) { // else it takes the place of one
            if (isSubscribed(topic)) {
                return ClientRefusal.ALREADY_SUBSCRIBED;
            }
            if (topic.hasWildcard() && patterns.size() >= all.limits().patterns()) {
                return ClientRefusal.TOO_MANY_PATTERNS;
            }
            if (!topic.hasWildcard() && topics.size() >= all.limits().topics()) {
                return ClientRefusal.TOO_MANY_SUBSCRIPTIONS;
            }
        }
        if (!all.access().maySubscribe(session.principal(), topic)) {
            return denied(all.access().tokenMayLetSubscribe(topic));
        }
        return all.hub().isLive(topic) || all.newTopics().allows(session) ? null : ClientRefusal.TOO_MANY_NEW_TOPICS;
    }

    private boolean isSubscribed(TopicPattern topic) {
        return topics.containsKey(topic) || patterns.contains(topic);
    }

    private ClientResult<Subscribed> subscribeToPattern(TopicPattern pattern, Consumer<Subscribed> first) {
        Subscribed subscribed = new Subscribed(pattern, null, false);
        try {
            all.hub().subscribe(pattern, format, session, () -> first.accept(subscribed));
        } catch (TooManyPatternsException e) {
            return new Refused<>(ClientRefusal.SERVER_FULL);
        }
        patterns.add(pattern);
        return new Done<>(subscribed);
    }

    private ClientResult<Subscribed> subscribeByName(
            TopicPattern exactly, StartPoint from, @Nullable String info, Consumer<Subscribed> first) {
        TopicName topic = exactly.topic();
        boolean isShown = all.presence().isShown(topic);
        boolean replaces = topics.containsKey(exactly);
        List<Subscribed> begun = new ArrayList<>(1);
        all.hub().subscribe(topic, format, session, from, start -> {
            if (replaces) { // only now is it sure that the client's own begins
                all.hub().unsubscribe(exactly, format, session);
            }
            begun.add(new Subscribed(exactly, start, isShown));
            first.accept(begun.getFirst());
        });
        String shown = isShown ? info : null;
        topics.put(exactly, Optional.ofNullable(shown));
        if (replaces) {
            all.presence().enterAnew(topic, session, shown);
        } else {
            all.presence().enter(topic, session, shown);
        }
        return new Done<>(begun.getFirst());
    }

    /** Ends a subscription. Publications that are on their way may still arrive. */
    public synchronized ClientResult<TopicPattern> unsubscribe(TopicPattern topic) {
        return attempt(() -> end(topic) ? new Done<>(topic) : new Refused<>(ClientRefusal.NOT_SUBSCRIBED));
    }

    /**
     * Subscribes the client on behalf of the application or an operator, if the client has the right, and tells the
     * client. The client may still say where it left off, as after {@link #subscribeByServer}.
     *
     * @return whether the subscription is new
     */
    public synchronized ClientResult<Boolean> subscribeUnasked(TopicPattern topic) {
        if (isSubscribed(topic)) {
            return new Done<>(false);
        }
        return switch (subscribe(topic, StartPoint.NOW, null, begun -> tellClient(format.subscribed(begun, id())))) {
            case Done<Subscribed> _ -> {
                byServer.add(topic);
                yield new Done<>(true);
            }
            case Refused<Subscribed>(var refusal, String sentence) -> new Refused<>(refusal, sentence);
        };
    }

    /**
     * Ends a subscription on behalf of the application or an operator, and tells the client.
     *
     * @return whether there was one
     */
    public synchronized boolean unsubscribeUnasked(TopicPattern topic) {
        boolean ended = !closed && end(topic);
        if (ended) {
            tellClient(format.unsubscribed(topic));
        }
        return ended;
    }

    private void tellClient(@Nullable OutboundMessage message) {
        if (message != null) {
            session.sendUnpaced(message);
        }
    }

    /** Publishes, if the client may. */
    public synchronized ClientResult<PublishResult> publish(TopicName topic, Payload payload, PublishOptions options) {
        return attempt(() -> all.access().mayPublish(session.principal(), topic)
                ? new Done<>(all.hub().publish(topic, payload, options))
                : new Refused<>(denied(all.access().tokenMayLetPublish(topic))));
    }

    /** Whether {@link #publishAsync} may be called now. An event loop may ask. */
    public boolean publishesAsync() {
        return !closed
                && !isProvisional()
                && all.access().neverWaits()
                && all.hub().publishesAsync();
    }

    /**
     * Publishes without waiting, so an event loop may call it.
     *
     * @return the result, on a thread that must not wait. Null if the client may not publish: {@link #publish} says why
     */
    public @Nullable CompletableFuture<ClientResult<PublishResult>> publishAsync(
            TopicName topic, Payload payload, PublishOptions options) {
        if (!all.access().mayPublish(session.principal(), topic)) {
            return null;
        }
        CompletableFuture<PublishOutcome> outcome = all.hub().publishAsync(new PublishRequest(topic, payload, options));
        return outcome.thenApply(is -> switch (is) {
            case PublishOutcome.Made(PublishResult result) -> new Done<>(result);
            case PublishOutcome.Failed(RuntimeException reason) -> counted(new Refused<>(ClientRefusal.of(reason)));
        });
    }

    /** The members of a topic, for a client that may subscribe to it. */
    public synchronized ClientResult<List<Member>> presence(TopicName topic) {
        return attempt(() -> {
            TopicPattern exactly = TopicPattern.exactly(topic);
            if (!all.access().maySubscribe(session.principal(), exactly)) {
                return new Refused<>(denied(all.access().tokenMayLetSubscribe(exactly)));
            }
            return all.presence().isShown(topic)
                    ? new Done<>(all.presence().members(topic))
                    : new Refused<>(ClientRefusal.NO_PRESENCE);
        });
    }

    private ClientRefusal denied(boolean tokenMayHelp) {
        return session.principal() == null && tokenMayHelp ? ClientRefusal.TOKEN_NEEDED : ClientRefusal.FORBIDDEN;
    }

    /** Checks what every action needs, and turns failures of the broker into refusals. */
    private <T> ClientResult<T> attempt(Supplier<ClientResult<T>> action) {
        if (closed) {
            return new Refused<>(ClientRefusal.UNAVAILABLE);
        }
        try {
            ClientResult<T> result = isProvisional() ? new Refused<>(ClientRefusal.UNAUTHENTICATED) : action.get();
            return result instanceof Refused<T> refused ? counted(refused) : result;
        } catch (BrokerUnavailableException | TooManyTopicsException e) {
            return counted(new Refused<>(ClientRefusal.of(e)));
        }
    }

    private <T> Refused<T> counted(Refused<T> refused) {
        Limit limit = refused.refusal().limit();
        if (limit != null) {
            all.listener().exceeded(limit);
        }
        return refused;
    }

    /**
     * Ends a subscription.
     *
     * @return whether there was one
     */
    private boolean end(TopicPattern topic) {
        boolean byName = topics.remove(topic) != null;
        if (!byName && !patterns.remove(topic)) {
            return false;
        }
        byServer.remove(topic);
        all.hub().unsubscribe(topic, format, session);
        if (byName) {
            all.presence().leave(topic.topic(), session);
        }
        tell(() -> new ClientEvent.Unsubscribed(id(), session.principal(), topic.value()));
        return true;
    }

    private void tell(Supplier<ClientEvent> event) {
        if (all.events().isListening()) {
            all.events().happened(event.get());
        }
    }

    /**
     * The client has disconnected: ends its subscriptions. Later actions are not carried out.
     *
     * @param status as {@link dev.pushwire.endpoint.Endpoint#onClose} has it
     */
    public synchronized void close(CloseStatus status) {
        if (!closed) {
            closed = true;
            all.clients().remove(this);
            subscriptions().forEach(this::end);
            tell(() -> new ClientEvent.Disconnected(id(), session.principal(), status));
        }
    }
}
