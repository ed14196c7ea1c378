package dev.pushwire.problem;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.databind.json.JsonMapper;

/** Writes an error to the client, as JSON or as a line of text. Thread-safe. */
public final class ProblemWriter {
    /** The media type of the JSON. */
    public static final String TYPE = MediaType.APPLICATION_PROBLEM_JSON_VALUE;

    private static final String TEXT = "text/plain;charset=UTF-8";

    private static final JsonMapper JSON = JsonMapper.builder()
            .addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
            .build();

    private ProblemWriter() {}

    /** Ends a response with this problem as JSON, whatever its request accepts, since a program expects JSON here. */
    public static void write(ProblemDetail problem, HttpServletResponse response) throws IOException {
        write(problem.getStatus(), TYPE, json(problem), response);
    }

    /**
     * Ends a response with this problem: as JSON if the request asks for it (RFC 9110, section 12.5.1), and otherwise
     * as the problem's detail in one line of text, for a person at a terminal.
     */
    public static void writeAsAccepted(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (asksForJson(Collections.list(request.getHeaders("Accept")))) {
            write(problem, response);
        } else {
            write(problem.getStatus(), TEXT, problem.getDetail() + "\n", response);
        }
    }

    /** The JSON alone. */
    public static String json(ProblemDetail problem) {
        return JSON.writeValueAsString(problem);
    }

    private static void write(int status, String type, String text, HttpServletResponse response) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** Whether JSON is preferred to text. A wildcard for both does not ask for JSON. */
    private static boolean asksForJson(List<String> accept) {
        List<MediaType> types;
        try {
            types = new ArrayList<>(MediaType.parseMediaTypes(accept));
            MimeTypeUtils.sortBySpecificity(types);
        } catch (InvalidMediaTypeException | InvalidMimeTypeException e) {
            return false;
        }
        for (MediaType type : types) {
            if (type.getQualityValue() == 0) {
                continue;
            }
            if (type.includes(MediaType.TEXT_PLAIN)) {
                return false;
            }
            if (type.includes(MediaType.APPLICATION_PROBLEM_JSON) || type.includes(MediaType.APPLICATION_JSON)) {
                return true;
            }
        }
        return false;
    }
}
