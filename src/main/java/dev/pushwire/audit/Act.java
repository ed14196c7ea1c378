package dev.pushwire.audit;

import org.jspecify.annotations.Nullable;

/**
 * One act. It contains no secret and no token.
 *
 * @param action such as {@code connections.close}
 * @param actor the caller: {@code key <name>}, {@code principal <name>}, {@code local}, {@code operator} or
 *     {@code nobody}
 * @param address the address that the request came from
 * @param target a topic, a connection or a principal; null for none
 * @param outcome the result
 * @param detail how much was done, or how it ended; null for nothing to add
 */
public record Act(
        String action,
        String actor,
        String address,
        @Nullable String target,
        Outcome outcome,
        @Nullable String detail) {}
