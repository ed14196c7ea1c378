package dev.pushwire.broker;

/**
 * The answer to a publication.
 *
 * @param position where it stands in the topic
 * @param duplicate whether it had been published before, under the same idempotency key: that is where it stands then
 */
public record PublishResult(Position position, boolean duplicate) {}
