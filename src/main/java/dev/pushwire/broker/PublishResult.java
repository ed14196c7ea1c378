package dev.pushwire.broker;

/**
 * The answer to a publication.
 *
 * @param position its position in the topic
 * @param duplicate whether an earlier publication had the same idempotency key; the position is then that of the
 *     earlier one
 */
public record PublishResult(Position position, boolean duplicate) {}
