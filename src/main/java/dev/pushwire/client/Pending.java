package dev.pushwire.client;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command without an answer yet.
 *
 * @param isRepeated whether it is sent again on the next connection
 */
record Pending(ObjectNode command, CompletableFuture<JsonNode> answer, boolean isRepeated) {}
