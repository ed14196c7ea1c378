package dev.pushwire.push;

/**
 * A topic as the HTTP API shows it.
 *
 * @param topic its name
 * @param subscribers how many sessions of this node are subscribed
 */
public record TopicStatus(String topic, int subscribers) {}
