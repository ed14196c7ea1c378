package dev.pushwire.hijack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * What Tomcat answers to a request that it refuses by itself, before there is anything to ask but a socket: a problem
 * (RFC 9457) as everywhere else, instead of a page in HTML. All texts are constants: nothing of the request is repeated.
 */
public final class ProblemReportValve extends ErrorReportValve {
    private static final String TYPE = "application/problem+json";

    /** Makes the host of this context report its errors so. */
    public static void install(Context context) {
        // By name, so that Tomcat makes it when it starts: of several valves the one that was added last comes first.
        ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemReportValve.class.getName());
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()
                || !mayWrite(response)) {
            return;
        }
        response.setContentType(TYPE);
        try {
            response.getReporter().write(problem(response.getStatus()));
            response.finishResponse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean mayWrite(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }

    private static String problem(int status) {
        return switch (status) {
            case 400 ->
                problem(
                        status,
                        "Bad Request",
                        "This is not HTTP as the service takes it: look at the request line, the Host header, characters in"
                                + " the path that must be percent-encoded, and the length of it all, which is at most 16 KB.");
            case 417 -> problem(status, "Expectation Failed", "The only expectation known is 100-continue.");
            case 501 -> problem(status, "Not Implemented", "This method, or this transfer encoding, is not supported.");
            case 503 -> problem(status, "Service Unavailable", "The service cannot answer now: try again.");
            case 505 -> problem(status, "HTTP Version Not Supported", "Use HTTP/1.1.");
            default ->
                status < 500
                        ? problem(status, "Error", "The request cannot be answered as it is.")
                        : problem(status, "Internal Server Error", "The service failed; its log says why.");
        };
    }

    private static String problem(int status, String title, String detail) {
        return "{\"detail\":\"%s\",\"status\":%d,\"title\":\"%s\"}".formatted(detail, status, title);
    }
}
