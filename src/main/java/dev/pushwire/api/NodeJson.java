package dev.pushwire.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pushwire.protocol.CloseStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The notices and questions between nodes, as JSON. During an update, nodes of two versions live side by side. So an
 * unknown field is ignored, a missing field has no value, and a question in an unknown word gets no answer.
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
     * An act that concerns all nodes.
     *
     * @param what {@code revoke}
     * @param principal the user whose tokens are revoked
     * @param token the token that is revoked
     * @param at the time, by the clock of the node that got the request
     */
    record Notice(
            @Nullable String what,
            @Nullable String principal,
            @Nullable String token,
            @Nullable Instant at) {
        static final String REVOKE = "revoke";
    }

    /**
     * A question that each node answers for its own connections.
     *
     * @param what {@code list}, {@code close}, {@code subscribe} or {@code unsubscribe}
     * @param principal the user of the connections
     * @param connection the id of one connection
     * @param code the close code
     * @param reason the close reason
     * @param topic the topic or pattern
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
     * The answer of a node.
     *
     * @param total how many connections it found
     * @param connections the first of them
     * @param closed how many it closed
     * @param complete whether all its event loops have answered
     */
    record Answer(long total, @Nullable List<ConnectionReport> connections, int closed, boolean complete) {
        List<ConnectionReport> listed() {
            return connections == null ? List.of() : connections;
        }
    }
}
