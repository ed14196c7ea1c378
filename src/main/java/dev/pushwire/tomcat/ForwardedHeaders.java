package dev.pushwire.tomcat;

import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Spring's filter for forwarded headers, with a problem as its answer to headers that it cannot read. Spring by itself
 * asks for an error page. The same headers would keep that page from being made, and the client would get nothing. The
 * refusal is counted, too.
 */
public final class ForwardedHeaders extends ForwardedHeaderFilter {
    private static final String UNREADABLE =
            "A header by which a proxy says what it was asked for cannot be read: look at"
                    + " Forwarded, X-Forwarded-Host, X-Forwarded-Port and X-Forwarded-For.";

    private final EdgeListener listener;

    public ForwardedHeaders(EdgeListener listener) {
        this.listener = listener;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Refusable refusable = new Refusable(response);
        super.doFilterInternal(request, refusable, (seen, answer) -> {
            refusable.readable = true;
            chain.doFilter(seen, answer);
        });
    }

    /** A response whose errors are Spring's own until the headers are read. */
    private final class Refusable extends HttpServletResponseWrapper {
        private final HttpServletResponse response;
        private boolean readable;

        Refusable(HttpServletResponse response) {
            super(response);
            this.response = response;
        }

        @Override
        public void sendError(int status) throws IOException {
            if (readable) {
                super.sendError(status);
            } else {
                listener.refused(status);
                ProblemWriter.write(CommonProblems.of(status, UNREADABLE), response);
            }
        }
    }
}
