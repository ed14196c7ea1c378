package dev.pushwire.client;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command without an answer yet.
 *
 * @param isRepeated whether it is sent again on the next connection
 * @param firstSentAt as {@link System#nanoTime}; of one that was not sent yet nobody asks
 */
record Pending(
        ObjectNode command, CompletableFuture<JsonNode> answer, boolean isRepeated, boolean isSent, long firstSentAt) {
    Pending(ObjectNode command, CompletableFuture<JsonNode> answer, boolean isRepeated) {
        this(command, answer, isRepeated, false, 0);
    }

    /** The same once it is sent, be it again. */
    Pending sent(long now) {
        return isSent ? this : new Pending(command, answer, isRepeated, true, now);
    }
}
