package dev.pushwire.broker;

import org.jspecify.annotations.Nullable;

/**
 * A connection that is subscribed to a topic by name. Immutable.
 *
 * @param connection the id of the connection, unique among all nodes
 * @param principal the name of its user; null if it is anonymous
 * @param info what the connection shows of itself, as JSON; null for nothing
 */
public record Member(
        String connection,
        @Nullable String principal,
        @Nullable String info) {}
