package dev.pushwire.audit;

import org.jspecify.annotations.Nullable;

/**
 * One act. Nothing of it is a secret or a token.
 *
 * @param action such as {@code connections.close}
 * @param actor who: {@code key <name>}, {@code principal <name>}, {@code local}, {@code operator} or {@code nobody}
 * @param address where the request came from
 * @param target its object: a topic, a connection or a principal; null for none in particular
 * @param outcome what became of it
 * @param detail how much of it was done, or how it ended; null for no more to say
 */
public record Act(
        String action,
        String actor,
        String address,
        @Nullable String target,
        Outcome outcome,
        @Nullable String detail) {}
