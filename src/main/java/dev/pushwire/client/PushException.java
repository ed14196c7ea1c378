package dev.pushwire.client;

import tools.jackson.databind.JsonNode;

/** The service refused a command, or the client could not send it. */
public final class PushException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    PushException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** @param error the service's answer */
    static PushException of(JsonNode error) {
        return new PushException(
                error.path("code").asString(""), error.path("message").asString(""));
    }

    /**
     * The code of the error, as in the table of errors of {@code docs/protocol.md}. The client itself adds
     * {@code closed}, {@code too_many_pending} and {@code outcome_unknown}.
     */
    public String code() {
        return code;
    }

    /** Whether the same command may succeed a little later. */
    boolean isPassing() {
        return switch (code) {
            case "unavailable", "server_full", "too_many_topics", "too_many_new_topics" -> true;
            default -> false;
        };
    }
}
