package dev.pushwire.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The problems of errors of which only the status is known. All texts are constants. */
public final class CommonProblems {
    private CommonProblems() {}

    /** A problem of this status, with the sentence for all such errors. */
    public static ProblemDetail of(int status) {
        return of(status, detail(status, HttpStatus.resolve(status)));
    }

    /** A problem of this status, with a sentence of its own. */
    public static ProblemDetail of(int status, String detail) {
        HttpStatus known = HttpStatus.resolve(status);
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setTitle(known == null ? "Error" : known.getReasonPhrase());
        problem.setDetail(detail);
        return problem;
    }

    /** The problem of a request that Tomcat cannot read. */
    public static ProblemDetail notHttp() {
        return of(
                400,
                "This is not HTTP as the service takes it: look at the request line, the Host header, characters in"
                        + " the path that must be percent-encoded, and the length of it all, which is at most 16 KB.");
    }

    private static String detail(int status, @Nullable HttpStatus known) {
        return switch (known) {
            case BAD_REQUEST -> "The request is malformed: a parameter is missing or not what is expected.";
            case NOT_FOUND -> "There is nothing under this path.";
            case METHOD_NOT_ALLOWED -> "This path takes other methods: see the Allow header.";
            case NOT_ACCEPTABLE -> "The answer is JSON: accept application/json.";
            case UNSUPPORTED_MEDIA_TYPE -> "This path takes bodies of another type.";
            case CONTENT_TOO_LARGE -> "The body is too large.";
            case EXPECTATION_FAILED -> "The only expectation known is 100-continue.";
            case UPGRADE_REQUIRED ->
                "This path is for WebSockets: ask for one with 'Upgrade: websocket' over HTTP/1.1 (RFC 6455).";
            case NOT_IMPLEMENTED -> "This method, or this transfer encoding, is not supported.";
            case SERVICE_UNAVAILABLE -> "The service cannot answer now: try again.";
            case HTTP_VERSION_NOT_SUPPORTED -> "Use HTTP/1.1.";
            case null, default ->
                status < 500 ? "The request cannot be answered as it is." : "The service failed; its log says why.";
        };
    }
}
