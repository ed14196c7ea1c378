package dev.pushwire.broker;

import org.jspecify.annotations.Nullable;

/**
 * A connection that is on a topic.
 *
 * @param connection the id of the connection, unique among all nodes
 * @param principal the name of its user; null for none in particular
 * @param info what it says of itself, as JSON; null for nothing
 */
public record Member(
        String connection,
        @Nullable String principal,
        @Nullable String info) {}
