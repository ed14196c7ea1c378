package dev.pushwire.broker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher may say besides the payload.
 *
 * @param idempotencyKey publications to one topic with the same key within {@link #IDEMPOTENCY_WINDOW} are one: those
 *     after the first publish nothing, and are answered with its position. Null for none
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

    /** Of either key, in characters of Unicode. */
    public static final int MAX_KEY_LENGTH = 128;

    /** Without a trace. */
    public PublishOptions(@Nullable String idempotencyKey, @Nullable String key) {
        this(idempotencyKey, key, null);
    }

    /** @throws IllegalArgumentException for a key that is empty or too long; the message says which */
    public PublishOptions {
        check("An idempotency key", idempotencyKey);
        check("A key", key);
    }

    /** Whether this can be either key. */
    public static boolean isKey(String text) {
        return !text.isEmpty() && text.codePointCount(0, text.length()) <= MAX_KEY_LENGTH;
    }

    /** The same, as part of a trace; null for none. */
    public PublishOptions in(@Nullable String trace) {
        return trace == null ? this : new PublishOptions(idempotencyKey, key, trace);
    }

    private static void check(String what, @Nullable String key) {
        if (key != null && !isKey(key)) {
            throw new IllegalArgumentException(what + " has 1 to " + MAX_KEY_LENGTH + " characters.");
        }
    }
}
