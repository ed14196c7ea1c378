package dev.pushwire.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pushwire.protocol.CloseStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What nodes tell and ask each other, as JSON. While a service is updated nodes of two versions live side by side: a field that
 * is not known counts for nothing, one that is missing has no value, and what is asked in a word that is not known gets no
 * answer.
 */
final class NodeJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private NodeJson() {}

    static <T> T read(String text, Class<T> type) {
        return JSON.readValue(text, type);
    }

    static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    /**
     * Something that was done, and concerns all nodes.
     *
     * @param what {@code revoke}
     * @param principal whose tokens
     * @param token which one
     * @param at when, by the clock of the node that was asked to
     */
    record Notice(
            @Nullable String what,
            @Nullable String principal,
            @Nullable String token,
            @Nullable Instant at) {
        static final String REVOKE = "revoke";
    }

    /**
     * Something that each node knows, or does, for its own connections.
     *
     * @param what {@code list}, {@code close}, {@code subscribe} or {@code unsubscribe}
     * @param principal whose connections
     * @param connection which one
     * @param code to close with
     * @param reason to close with
     * @param topic to subscribe to, or a pattern
     */
    record Question(
            @Nullable String what,
            @Nullable String principal,
            @Nullable String connection,
            int code,
            @Nullable String reason,
            @Nullable String topic) {
        static final String LIST = "list";
        static final String CLOSE = "close";
        static final String SUBSCRIBE = "subscribe";
        static final String UNSUBSCRIBE = "unsubscribe";

        static Question list(@Nullable String principal, @Nullable String connection) {
            return new Question(LIST, principal, connection, 0, null, null);
        }

        static Question close(@Nullable String principal, @Nullable String connection, CloseStatus status) {
            return new Question(CLOSE, principal, connection, status.code(), status.reason(), null);
        }
    }

    /**
     * What a node answers.
     *
     * @param total connections found
     * @param connections the first of them
     * @param closed how many were closed
     * @param complete whether all its event loops have answered
     */
    record Answer(long total, @Nullable List<ConnectionReport> connections, int closed, boolean complete) {
        List<ConnectionReport> listed() {
            return connections == null ? List.of() : connections;
        }
    }
}
