package dev.pushwire.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The places where this service deviates from the reference server on purpose: in which scenarios, why, and what it
 * sends instead.
 */
final class SocketIoDeviations {
    private static final String UNKNOWN = "400 {\"code\":1,\"message\":\"Session ID unknown\"}";
    private static final String BAD_REQUEST = "400 {\"code\":3,\"message\":\"Bad request\"}";

    private static final List<Deviation> ALL = List.of(
            deviation("open without the last slash of the path", "nobody means another path by it")
                    .from("answer: 404")
                    .to("answer: 200"),
            deviation("HEAD EIO=4&transport=polling with a session", "500 is for what the server does wrong")
                    .from("answer: 500")
                    .to("answer: 400"),
            deviation("(PUT|PATCH|DELETE|OPTIONS) .* with a session", "500 is for what the server does wrong")
                    .from("answer: 500")
                    .to("answer: " + BAD_REQUEST),
            deviation("two polls at once", "a refusal says why")
                    .from("second: 400")
                    .to("second: " + BAD_REQUEST),
            deviation("a post of application/octet-stream", "a refusal says why")
                    .from("post: 400")
                    .to("post: " + BAD_REQUEST),
            deviation("two posts at once", "a refusal says why, and the first is told that its session has ended")
                    .from("second: 400", "first: cut off")
                    .to("second: " + BAD_REQUEST, "first: 400"),
            deviation("headers", "the length of an answer is not known when a poll begins to wait")
                    .from("poll", "content-type: text/plain;charset=utf-8", "content-length: 9")
                    .to("poll", "content-type: text/plain;charset=utf-8", "content-length: undefined"),
            deviation("headers", "an error is as little for caches as another answer")
                    .from("content-length: undefined", "content-encoding: undefined", "cache-control: undefined")
                    .to("content-length: 40", "content-encoding: undefined", "cache-control: no-store"),
            deviation("a large answer to a client that takes gzip", "that is a proxy's task")
                    .from("content-encoding: gzip")
                    .to("content-encoding: undefined"),
            deviation("a page of an origin that may not", "nothing is done for a page that could not read the answer")
                    .from("open: 200 false", "post: 200 false", "poll: 200 false")
                    .to("open: 403 false", "post: 403 false", "poll: 403 false"),
            deviation("a page of an origin that may not", "nothing is looked up for it either")
                    .from("unknown session: 400 false")
                    .to("unknown session: 403 false"),
            deviation(
                            "a preflight of an origin that may not",
                            "nothing is done for a page that could not read the answer")
                    .from("answer: 204 false true")
                    .to("answer: 403 false false"),
            deviation(
                            "events right behind their connect",
                            "packets are taken in order, and the namespace is known by then")
                    .from("< 1", "< " + UNKNOWN)
                    .to("< 40{\"sid\":\"*\"}", "< 42[\"auth\",{}]", "< 42[\"message-back\",\"ünï😀\"]", "< 431[3]"),
            deviation(
                            "a packet and its attachments come in one answer",
                            "they are one in the outbox: nothing gets between them")
                    .from(
                            "poll: 200 452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
                    .to(
                            "poll: 200 452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]"
                                    + " | bAQI= | bAw=="),
            deviation("binary that cannot be read, by polling", "data that is not what was meant is none")
                    .from("post: 200 ok", "< 451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]", "< b/+8=")
                    .to("post: " + BAD_REQUEST, "< " + UNKNOWN),
            deviation("text that is no UTF-8, by polling", "it may not come over a WebSocket either")
                    .from("post: 200 ok", "< 42[\"message-back\",\"\uFFFD\"]")
                    .to("post: " + BAD_REQUEST, "< " + UNKNOWN),
            deviation(
                            "a post of what may not come: (|abc|7|a separator|an empty packet in the middle|no packet at the end)",
                            "a refusal says that it is one")
                    .from("post: 200 ok", "poll: 200 1")
                    .to("post: " + BAD_REQUEST, "poll: 200 1"),
            deviation(
                            "a post of what may not come, while nobody polls: "
                                    + "(|abc|7|a separator|an empty packet in the middle|no packet at the end)",
                            "a refusal says that it is one")
                    .from("post: 200 ok", "< " + UNKNOWN)
                    .to("post: " + BAD_REQUEST, "< " + UNKNOWN),
            deviation(
                            "polls between the probe and the upgrade",
                            "what comes meanwhile waits for the WebSocket: it cannot be overtaken")
                    .from("poll: 200 42[\"message-back\",1]", "## WebSocket", "open", "< 3probe")
                    .to("poll: 200 6", "## WebSocket", "open", "< 3probe", "< 42[\"message-back\",1]"),
            deviation("an upgrade without a probe", "whether the WebSocket works is not known")
                    .from("< 42[\"message-back\",1]")
                    .to("closed"),
            deviation("a WebSocket for the session of a WebSocket", "only polling may be left")
                    .from("open", "closed")
                    .to("refused 400"),
            deviation(
                            "a WebSocket with EIO=4&transport=polling for a session that polls",
                            "it is refused before it is opened")
                    .from("open", "closed")
                    .to("refused 400"));

    private SocketIoDeviations() {}

    /** @param scenarios a pattern of their names */
    private record Deviation(String scenarios, String reason, List<String> theirs, List<String> ours) {
        Deviation from(String... lines) {
            return new Deviation(scenarios, reason, List.of(lines), ours);
        }

        Deviation to(String... lines) {
            return new Deviation(scenarios, reason, theirs, List.of(lines));
        }

        boolean concerns(String scenario) {
            return scenario.substring("# ".length()).matches(scenarios);
        }

        /** The lines of one scenario as they are to be here. */
        List<String> applied(String scenario, List<String> lines) {
            int at = Collections.indexOfSubList(lines, theirs);
            assertThat(at)
                    .as("what the reference says, %s: %s in %s", scenario, theirs, lines)
                    .isNotNegative();
            List<String> applied = new ArrayList<>(lines.subList(0, at));
            applied.addAll(ours);
            applied.addAll(lines.subList(at + theirs.size(), lines.size()));
            return applied;
        }
    }

    private static Deviation deviation(String scenarios, String reason) {
        return new Deviation(scenarios, reason, List.of(), List.of());
    }

    /** The lines of each scenario. */
    static Map<String, List<String>> scenarios(List<String> transcript) {
        Map<String, List<String>> scenarios = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : transcript) {
            if (line.startsWith("# ")) {
                current = scenarios.computeIfAbsent(line, name -> new ArrayList<>());
            } else {
                current.add(line);
            }
        }
        return scenarios;
    }

    /** What this service is to say, where the reference says this. Fails for a deviation that there is none of any more. */
    static Map<String, List<String>> expected(List<String> theirs) {
        Map<String, List<String>> scenarios = scenarios(theirs);
        for (Deviation deviation : ALL) {
            assertThat(scenarios.keySet()).as(deviation.scenarios).anyMatch(deviation::concerns);
            scenarios.replaceAll((name, lines) -> deviation.concerns(name) ? deviation.applied(name, lines) : lines);
        }
        return scenarios;
    }
}
