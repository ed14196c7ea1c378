package dev.pushwire.tomcat;

import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
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
import org.springframework.http.ProblemDetail;

/**
 * Tomcat's answer to a request that it refuses by itself: a problem (RFC 9457), as everywhere else, in place of an HTML
 * page. All texts are constants: the answer repeats nothing of the request.
 */
public final class ProblemReportValve extends ErrorReportValve {
    /** Makes the host of this context report its errors in this form. */
    public static void install(Context context) {
        // By name, so that Tomcat makes it when it starts: of several valves the one that was added last comes first.
        ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemReportValve.class.getName());
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (request.getConnector().getProtocolHandler() instanceof HijackableProtocol protocol) {
            protocol.edgeListener().refused(status);
        }
        if (!mayWrite(response)) {
            return;
        }
        ProblemDetail problem = status == 400 ? CommonProblems.notHttp() : CommonProblems.of(status);
        response.setContentType(ProblemWriter.TYPE);
        try {
            response.getReporter().write(ProblemWriter.json(problem));
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
}
