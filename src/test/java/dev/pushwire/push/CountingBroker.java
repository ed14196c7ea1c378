package dev.pushwire.push;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishOutcome;
import dev.pushwire.broker.PublishRequest;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TooManyTopicsException;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker that counts how often its history is read, and that can be made unavailable. */
public final class CountingBroker implements Broker {
    private final Broker broker;
    private final AtomicInteger reads = new AtomicInteger();
    private final Map<Subscriber, Subscriber> subscribers = new ConcurrentHashMap<>();
    private volatile Queue<Runnable> held;
    private volatile boolean unavailable;
    private volatile Runnable afterReading = () -> {};

    public CountingBroker(Broker broker) {
        this.broker = broker;
    }

    public int reads() {
        return reads.get();
    }

    public void setUnavailable(boolean unavailable) {
        this.unavailable = unavailable;
    }

    /** From now on, publications for subscribers are held back. */
    public void holdBack() {
        held = new ArrayDeque<>();
    }

    /** Subscribers get what was held back. */
    public void letGo() {
        Queue<Runnable> all = held;
        held = null;
        all.forEach(Runnable::run);
    }

    /** Tells all subscribers that a topic goes on, after an interruption. */
    void resume(TopicName topic, Position from, boolean complete) {
        subscribers.keySet().forEach(subscriber -> subscriber.resumed(topic, from, complete));
    }

    private Subscriber holdable(Subscriber subscriber) {
        return subscribers.computeIfAbsent(subscriber, same -> new Subscriber() {
            private void tell(Runnable what) {
                if (held == null) {
                    what.run();
                } else {
                    held.add(what);
                }
            }

            @Override
            public void published(Publication publication) {
                tell(() -> subscriber.published(publication));
            }

            @Override
            public void resumed(TopicName topic, Position from, boolean complete) {
                tell(() -> subscriber.resumed(topic, from, complete));
            }

            @Override
            public void joined(TopicName topic, Member member) {
                tell(() -> subscriber.joined(topic, member));
            }

            @Override
            public void left(TopicName topic, Member member) {
                tell(() -> subscriber.left(topic, member));
            }
        });
    }

    /** Sets an action that runs between the broker's answer and its arrival. */
    public void afterReading(Runnable action) {
        this.afterReading = action;
    }

    private Broker reach() {
        if (unavailable) {
            throw new BrokerUnavailableException("on purpose", new IOException());
        }
        return broker;
    }

    @Override
    public PublishResult publish(TopicName topic, Payload payload, PublishOptions options) {
        return reach().publish(topic, payload, options);
    }

    /** As a broker that asks another server. */
    @Override
    public boolean publishesAsync() {
        return true;
    }

    @Override
    public CompletableFuture<PublishOutcome> publishAsync(PublishRequest request) {
        try {
            PublishResult result = publish(request.topic(), request.payload(), request.options());
            return CompletableFuture.completedFuture(new PublishOutcome.Made(result));
        } catch (BrokerUnavailableException | TooManyTopicsException e) {
            return CompletableFuture.completedFuture(new PublishOutcome.Failed(e));
        }
    }

    @Override
    public Position subscribe(TopicPattern pattern, Subscriber subscriber) {
        return reach().subscribe(pattern, holdable(subscriber));
    }

    @Override
    public void unsubscribe(TopicPattern pattern, Subscriber subscriber) {
        reach().unsubscribe(pattern, holdable(subscriber));
    }

    @Override
    public History history(TopicName topic, Position since, int limit) {
        reads.incrementAndGet();
        History history = reach().history(topic, since, limit);
        afterReading.run();
        return history;
    }

    @Override
    public void join(TopicName topic, Member member) {
        reach().join(topic, member);
    }

    @Override
    public void leave(TopicName topic, String connection) {
        reach().leave(topic, connection);
    }

    @Override
    public List<Member> members(TopicName topic) {
        return reach().members(topic);
    }
}
