package dev.pushwire.push;

/**
 * A topic as the HTTP API shows it.
 *
 * @param topic its name
 * @param subscribers how many sessions are subscribed; in the answer to a publication, how many it was handed to
 */
public record TopicStatus(String topic, int subscribers) {}
