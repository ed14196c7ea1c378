package dev.pushwire.client;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command without an answer yet.
 *
 * @param isRepeated whether the client sends it again over the next connection
 * @param firstSentAt as {@link System#nanoTime}; means nothing before the command is sent
 */
record Pending(
        ObjectNode command, CompletableFuture<JsonNode> answer, boolean isRepeated, boolean isSent, long firstSentAt) {
    Pending(ObjectNode command, CompletableFuture<JsonNode> answer, boolean isRepeated) {
        this(command, answer, isRepeated, false, 0);
    }

    /** The same command, sent now. The time of the first sending stays. */
    Pending sent(long now) {
        return isSent ? this : new Pending(command, answer, isRepeated, true, now);
    }
}
