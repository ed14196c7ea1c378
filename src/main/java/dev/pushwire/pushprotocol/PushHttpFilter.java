package dev.pushwire.pushprotocol;

import dev.pushwire.broker.ClusterBus;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.polling.PolledSessions;
import dev.pushwire.polling.SessionRoutes;
import dev.pushwire.protocol.HandshakeRequest;
import dev.pushwire.pushprotocol.HttpListener.Request;
import dev.pushwire.tomcat.CrossOrigin;
import dev.pushwire.tomcat.LateResponses;
import dev.pushwire.tomcat.Streams;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Picks the requests of clients without a WebSocket at {@code /push} out of the HTTP traffic. All other requests pass
 * unchanged.
 */
public final class PushHttpFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** The address of the same door on other nodes. */
    private static final String ADDRESS = "push-sessions";

    private static final String OPENING = "/push";
    private static final String SESSION = "/push/";

    /** The methods of requests that ask for a WebSocket, or why there is none. */
    private static final Set<String> OF_WEBSOCKETS = Set.of("GET", "HEAD");

    private final transient HttpSessions sessions;
    private final transient HttpRequests requests;
    private final Duration bodyTimeout;
    private final transient CrossOrigin crossOrigin;
    private final transient HttpListener listener;

    /**
     * @param nodes the bus over which a request reaches the node of its session
     * @param limits is told of clients that reach a limit
     */
    public PushHttpFilter(
            HttpSettings settings,
            PushEndpoint push,
            Streams streams,
            LateResponses late,
            Admission admission,
            ClusterBus nodes,
            CrossOrigin crossOrigin,
            LimitListener limits,
            HttpListener listener) {
        PolledSessions local = new PolledSessions(settings.maxPolled(), HttpBody::messages);
        SessionRoutes routes = new SessionRoutes(settings.node(), nodes, ADDRESS, local);
        this.sessions = new HttpSessions(settings, push, streams, admission, local, limits);
        this.requests = new HttpRequests(admission, routes, late, settings.bodyTimeout(), listener);
        this.bodyTimeout = settings.bodyTimeout();
        this.crossOrigin = crossOrigin;
        this.listener = listener;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (path.startsWith(SESSION) && path.indexOf('/', SESSION.length()) < 0) {
            answer(request, response, path.substring(SESSION.length()));
        } else if (path.equals(OPENING) && opens(request)) {
            open(request, response);
        } else if (path.equals(OPENING) && !OF_WEBSOCKETS.contains(request.getMethod())) {
            refuseMethod("GET, POST", "A session is opened by POST, or by GET where events are asked for.", response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuseMethod(String allowed, String sentence, HttpServletResponse response) throws IOException {
        response.setHeader("Allow", allowed);
        HttpRefusals.write(new HandshakeRefusedException(405, sentence), response);
    }

    /**
     * Whether the request opens a session. A {@code GET} must name events, as every {@code EventSource} does. Any other
     * request is told that there is a WebSocket here.
     */
    private static boolean opens(HttpServletRequest request) {
        boolean webSocket = HandshakeRequest.asksForWebSocket(
                request.getProtocol(), Collections.list(request.getHeaders("Upgrade")));
        return switch (request.getMethod()) {
            case "POST" -> true;
            case "GET" -> !webSocket && accepts(request, MediaType.TEXT_EVENT_STREAM);
            default -> false;
        };
    }

    /**
     * Whether the request names the type, and not with the weight 0, which "means 'not acceptable'" (RFC 9110, section
     * 12.4.2).
     */
    private static boolean accepts(HttpServletRequest request, MediaType type) {
        try {
            return MediaType.parseMediaTypes(Collections.list(request.getHeaders("Accept"))).stream()
                    .anyMatch(each -> each.equalsTypeAndSubtype(type) && each.getQualityValue() > 0);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static HttpWay way(HttpServletRequest request) {
        if (has(request, "wait")) {
            return HttpWay.POLL;
        }
        return accepts(request, MediaType.TEXT_EVENT_STREAM) && !accepts(request, MediaType.APPLICATION_NDJSON)
                ? HttpWay.EVENTS
                : HttpWay.STREAM;
    }

    private void open(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        HttpWay way = way(request);
        int status = HttpServletResponse.SC_OK;
        try {
            check(request);
            byte[] first = request.getMethod().equals("POST") ? HttpBody.read(request, bodyTimeout) : new byte[0];
            sessions.open(request, response, way, first);
        } catch (HandshakeRefusedException e) {
            if (way == HttpWay.EVENTS && HttpRefusals.passes(e)) {
                HttpRefusals.writeEvent(e, response);
            } else {
                HttpRefusals.write(e, response);
                status = e.status();
            }
        }
        listener.answered(Request.OPEN, status);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, String id)
            throws IOException, ServletException {
        Request what = switch (request.getMethod()) {
            case "GET" -> Request.POLL;
            case "POST" -> has(request, "close") ? Request.END : Request.POST;
            case "DELETE" -> Request.END;
            default -> null;
        };
        if (what == null) {
            refuseMethod("GET, POST, DELETE", "A session takes GET, POST and DELETE.", response);
            return;
        }
        try {
            check(request);
            switch (what) {
                case OPEN -> throw new IllegalStateException("That is another path's");
                case POLL -> requests.poll(request, response, id);
                case POST -> requests.post(request, response, id);
                case END -> requests.end(request, response, id);
            }
        } catch (HandshakeRefusedException e) {
            HttpRefusals.write(e, response);
            listener.answered(what, e.status());
        }
    }

    /** Whether the query has a parameter, whatever its value. The servlet API would read a form's body for that. */
    private static boolean has(HttpServletRequest request, String parameter) {
        String query = request.getQueryString();
        return query != null && Arrays.stream(query.split("&")).anyMatch(one -> one.split("=", 2)[0].equals(parameter));
    }

    private void check(HttpServletRequest request) throws HandshakeRefusedException {
        if (!crossOrigin.admits(request)) {
            throw new HandshakeRefusedException(403, "This Origin is not allowed here.");
        }
        if (Collections.list(request.getHeaders("Authorization")).size() > 1) {
            throw new HandshakeRefusedException(400, "There must be at most one Authorization.");
        }
    }
}
