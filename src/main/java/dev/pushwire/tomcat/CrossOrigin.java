package dev.pushwire.tomcat;

import dev.pushwire.protocol.OriginPolicy;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets pages read answers to HTTP requests, if they may open WebSockets (Fetch, section 3.2, the CORS protocol).
 * Browsers keep answers from pages of other origins unless the answer allows it. Thread-safe.
 */
public final class CrossOrigin {
    private static final String ORIGIN = "Origin";
    private static final String HEADERS = "Authorization, Cache-Control, Content-Type, Idempotency-Key, Last-Event-ID";
    private static final String KEPT_SECONDS = "3600";

    private final OriginPolicy origins;

    public CrossOrigin(OriginPolicy origins) {
        this.origins = origins;
    }

    /** Whether a request is not from a page, or is from an allowed page. */
    public boolean admits(HttpServletRequest request) {
        // Back ends send no Origin. For them this saves the view of the request, which costs more than the rest.
        return request.getHeader(ORIGIN) == null || origins.admits(ServletHandshake.view(request));
    }

    /**
     * Marks the answer as readable for the page, if the page is allowed.
     *
     * @return whether the request comes from no page, or from an allowed one
     */
    boolean share(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Vary", ORIGIN);
        boolean admitted = admits(request);
        String origin = request.getHeader(ORIGIN);
        if (admitted && origin != null) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", "Retry-After");
            if (!origins.allowsAny()) { // with any origin, every site's page could read what is meant for its user
                response.setHeader("Access-Control-Allow-Credentials", "true");
            }
        }
        return admitted;
    }

    static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader(ORIGIN) != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** Answers a browser's preflight request. */
    void preflight(HttpServletRequest request, HttpServletResponse response, String method) {
        if (!share(request, response)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        response.setHeader("Access-Control-Allow-Methods", method);
        String wanted = request.getHeader("Access-Control-Request-Headers");
        response.setHeader("Access-Control-Allow-Headers", wanted == null ? HEADERS : HEADERS + ", " + wanted);
        response.setHeader("Access-Control-Max-Age", KEPT_SECONDS);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
