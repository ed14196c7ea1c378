package dev.pushwire.pushprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.PushClose;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Answers refused requests with a status. But a status would end an {@code EventSource} for good (HTML, section 9.2.2).
 * So if the reason passes, it gets a stream of one event.
 */
final class HttpRefusals {
    /** In milliseconds, as in the streams of topics. */
    private static final int RETRY_AT_LEAST = 15_000;

    private static final int RETRY_AT_MOST = 45_000;

    private HttpRefusals() {}

    static void write(HandshakeRefusedException refusal, HttpServletResponse response) throws IOException {
        refusal.headers().forEach(response::setHeader);
        ProblemWriter.write(CommonProblems.of(refusal.status(), String.valueOf(refusal.getMessage())), response);
    }

    static boolean passes(HandshakeRefusedException refusal) {
        return refusal.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE || refusal.status() == 429;
    }

    /** Writes the refusal to a client that asked for events. */
    static void writeEvent(HandshakeRefusedException refusal, HttpServletResponse response) throws IOException {
        CloseStatus status =
                new CloseStatus(PushClose.UNAVAILABLE.status().code(), String.valueOf(refusal.getMessage()));
        int retry = ThreadLocalRandom.current().nextInt(RETRY_AT_LEAST, RETRY_AT_MOST);
        HttpHeaders.describe(HttpWay.EVENTS, response);
        HttpHeaders.write(("retry: " + retry + "\ndata: " + Json.closed(status) + "\n\n").getBytes(UTF_8), response);
    }
}
