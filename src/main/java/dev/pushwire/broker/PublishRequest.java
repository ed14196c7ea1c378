package dev.pushwire.broker;

/** One of several publications. */
public record PublishRequest(TopicName topic, Payload payload, PublishOptions options) {}
