package dev.pushwire.broker;

/** The outcome of one of several publications. */
public sealed interface PublishOutcome {
    /** It was published. */
    record Made(PublishResult result) implements PublishOutcome {}

    /** @param reason what {@link Broker#publish(TopicName, Payload, PublishOptions)} would have thrown */
    record Failed(RuntimeException reason) implements PublishOutcome {}
}
