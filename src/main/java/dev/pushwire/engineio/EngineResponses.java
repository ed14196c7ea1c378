package dev.pushwire.engineio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pushwire.polling.SessionAnswer.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes answers as the reference implementation does. */
final class EngineResponses {
    private static final byte[] OK = "ok".getBytes(US_ASCII);
    private static final byte[] NOTHING = {};

    private EngineResponses() {}

    /** Sets the status and the headers of an answer to a poll. */
    static void describePackets(HttpServletResponse response) {
        describe(response, HttpServletResponse.SC_OK, "text/plain; charset=UTF-8");
    }

    /** Answers a poll. */
    static void packets(HttpServletResponse response, byte[] packets) throws IOException {
        describePackets(response);
        write(response, packets);
    }

    /** Answers a post that was taken. */
    static void posted(HttpServletResponse response) throws IOException {
        describe(response, HttpServletResponse.SC_OK, "text/html"); // some browsers would offer to save a text/plain
        write(response, OK);
    }

    static void refuse(HttpServletResponse response, EngineError error) throws IOException {
        refuse(response, error, error.status());
    }

    static void refuse(HttpServletResponse response, EngineError error, int status) throws IOException {
        describe(response, status, "application/json");
        write(response, error.json().getBytes(US_ASCII));
    }

    static void refuse(HttpServletResponse response, Refused refused) throws IOException {
        switch (refused) {
            case UNKNOWN -> refuse(response, EngineError.UNKNOWN_SID);
            case FOREIGN -> refuse(response, EngineError.FORBIDDEN);
            case OUT_OF_ORDER, MALFORMED -> refuse(response, EngineError.BAD_REQUEST);
            case BUSY, UNREACHABLE -> refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    /** Refuses with a status for which the protocol has no message. */
    static void refuse(HttpServletResponse response, int status) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        write(response, NOTHING);
    }

    private static void describe(HttpServletResponse response, int status, String type) {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
    }

    private static void write(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
