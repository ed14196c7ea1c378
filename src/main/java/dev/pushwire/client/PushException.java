package dev.pushwire.client;

import tools.jackson.databind.JsonNode;

/** What the service did not do. */
public final class PushException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    PushException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** @param error as the service sends it */
    static PushException of(JsonNode error) {
        return new PushException(
                error.path("code").asString(""), error.path("message").asString(""));
    }

    /** The code of the error, as {@code docs/protocol.md} lists them; {@code closed}, {@code too_many_pending} and
     * {@code outcome_unknown} are the client's own. */
    public String code() {
        return code;
    }

    /** Whether the same may work a little later. */
    boolean isPassing() {
        return switch (code) {
            case "unavailable", "server_full", "too_many_topics", "too_many_new_topics" -> true;
            default -> false;
        };
    }
}
