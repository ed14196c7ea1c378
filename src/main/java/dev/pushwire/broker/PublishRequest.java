package dev.pushwire.broker;

/** One publication of several. */
public record PublishRequest(TopicName topic, Payload payload, PublishOptions options) {}
