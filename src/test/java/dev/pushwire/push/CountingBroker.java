package dev.pushwire.push;

import dev.pushwire.broker.Broker;
import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.broker.History;
import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.PublishResult;
import dev.pushwire.broker.Subscriber;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker that counts how often its history is read, and that can be made unavailable. */
public final class CountingBroker implements Broker {
    private final Broker broker;
    private final AtomicInteger reads = new AtomicInteger();
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

    /** What happens between the broker's answer and its arrival. */
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

    @Override
    public Position subscribe(TopicPattern pattern, Subscriber subscriber) {
        return reach().subscribe(pattern, subscriber);
    }

    @Override
    public void unsubscribe(TopicPattern pattern, Subscriber subscriber) {
        reach().unsubscribe(pattern, subscriber);
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
