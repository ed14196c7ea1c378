package dev.pushwire.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Says that a peer which reads too slowly may miss a frame.
 *
 * @param subject if set, the frame may be missed only if a newer frame with an equal subject waits after it; if null,
 *     only if it is among the oldest
 */
public record DropPolicy(@Nullable Object subject) {}
