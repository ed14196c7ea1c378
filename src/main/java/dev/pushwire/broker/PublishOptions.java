package dev.pushwire.broker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of a publication. Immutable.
 *
 * @param idempotencyKey publications to one topic with the same key within {@link #IDEMPOTENCY_WINDOW} are one. Those
 *     after the first publish nothing, and the answer is the position of the first. Null for none
 * @param key see {@link Publication#key}
 * @param traceparent see {@link Publication#traceparent}
 */
public record PublishOptions(
        @Nullable String idempotencyKey,
        @Nullable String key,
        @Nullable String traceparent) {
    public static final PublishOptions NONE = new PublishOptions(null, null);

    /** How long an idempotency key is remembered. */
    public static final Duration IDEMPOTENCY_WINDOW = Duration.ofMinutes(5);

    /** The most characters of either key, in Unicode code points. */
    public static final int MAX_KEY_LENGTH = 128;

    /** Options without a trace. */
    public PublishOptions(@Nullable String idempotencyKey, @Nullable String key) {
        this(idempotencyKey, key, null);
    }

    /** @throws IllegalArgumentException if a key is empty or too long; the message says which */
    public PublishOptions {
        check("An idempotency key", idempotencyKey);
        check("A key", key);
    }

    /** Whether this text can be either key. */
    public static boolean isKey(String text) {
        return !text.isEmpty() && text.codePointCount(0, text.length()) <= MAX_KEY_LENGTH;
    }

    /** The same options with a trace; null for none. */
    public PublishOptions in(@Nullable String trace) {
        return trace == null ? this : new PublishOptions(idempotencyKey, key, trace);
    }

    private static void check(String what, @Nullable String key) {
        if (key != null && !isKey(key)) {
            throw new IllegalArgumentException(what + " has 1 to " + MAX_KEY_LENGTH + " characters.");
        }
    }
}
