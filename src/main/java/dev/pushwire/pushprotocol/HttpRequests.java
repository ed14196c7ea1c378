package dev.pushwire.pushprotocol;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.polling.Answers;
import dev.pushwire.polling.PolledSession;
import dev.pushwire.polling.SessionAnswer;
import dev.pushwire.polling.SessionAnswer.Batch;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionId;
import dev.pushwire.polling.SessionRequest;
import dev.pushwire.polling.SessionRequest.End;
import dev.pushwire.polling.SessionRequest.Poll;
import dev.pushwire.polling.SessionRequest.Post;
import dev.pushwire.polling.SessionRoutes;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.tomcat.LateResponses;
import dev.pushwire.tomcat.Streams;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of open sessions: polls, posts, and the end. An answer that is there at once has its own status,
 * and the connection continues. Other requests wait without a thread.
 */
final class HttpRequests {
    private static final Logger log = LoggerFactory.getLogger(HttpRequests.class);

    /** How long an answer may take to be there at once, also from another node. */
    private static final Duration AT_ONCE = Duration.ofMillis(100);

    /** How long to wait for the answer to a post. Before that, the session refuses what it cannot take. */
    private static final Duration POST = PolledSession.POST_PATIENCE.plusSeconds(10);

    /** The path as endpoints see it: without the session's id, which is a secret. */
    private static final String PATH = "/push/";

    private static final long MOST_WAIT_SECONDS = 55;
    private static final byte[] NOTHING = {};
    private static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "1");

    private final Admission admission;
    private final SessionRoutes routes;
    private final LateResponses late;
    private final Duration bodyTimeout;
    private final HttpListener listener;

    HttpRequests(
            Admission admission,
            SessionRoutes routes,
            LateResponses late,
            Duration bodyTimeout,
            HttpListener listener) {
        this.admission = admission;
        this.routes = routes;
        this.late = late;
        this.bodyTimeout = bodyTimeout;
        this.listener = listener;
    }

    /** @param id the id as it is in the path */
    void poll(HttpServletRequest request, HttpServletResponse response, String id)
            throws HandshakeRefusedException, IOException, ServletException {
        Handshake handshake = Streams.handshake(request, PATH, Map.of());
        long wait = Math.min(number(handshake, "wait", 0), MOST_WAIT_SECONDS);
        long acknowledged = number(handshake, "ack", -1);
        if (acknowledged < 0) {
            throw new HandshakeRefusedException(400, "Say in 'ack' how many answers with lines you have got.");
        }
        // the answer to the request that opened the session was the first batch
        Poll poll = new Poll(principal(handshake), acknowledged + 1, Duration.ofSeconds(wait));
        CompletableFuture<SessionAnswer> answer = routes.answer(session(id), poll);
        SessionAnswer now = await(answer);
        HttpHeaders.describe(HttpWay.POLL, response);
        if (now != null) {
            if (now == Refused.OUT_OF_ORDER) {
                throw new HandshakeRefusedException(
                        400, "'ack' is as many answers with lines as were sent, or one less if the last was lost.");
            }
            HttpHeaders.write(lines(now), response);
        } else {
            park(request, response, handshake, answer);
        }
        listener.answered(HttpListener.Request.POLL, HttpServletResponse.SC_OK);
    }

    private void park(
            HttpServletRequest request,
            HttpServletResponse response,
            Handshake handshake,
            CompletableFuture<SessionAnswer> answer)
            throws HandshakeRefusedException, IOException, ServletException {
        CompletableFuture<byte[]> body =
                Answers.following(answer, (what, failure) -> what instanceof Batch(byte[] content) ? content : NOTHING);
        boolean waits = false;
        try {
            waits = late.answer(request, response, handshake, body) == Availability.OPEN;
        } finally {
            if (!waits) {
                body.cancel(false);
            }
        }
        if (!waits) {
            throw new HandshakeRefusedException(503, "There are as many polls as this server allows.", RETRY_AFTER);
        }
    }

    private static byte[] lines(SessionAnswer answer) throws HandshakeRefusedException {
        if (answer instanceof Batch(byte[] content)) {
            return content;
        }
        throw refusal(answer);
    }

    /** @param id the id as it is in the path */
    void post(HttpServletRequest request, HttpServletResponse response, String id)
            throws HandshakeRefusedException, IOException {
        Handshake handshake = Streams.handshake(request, PATH, Map.of());
        long number = number(handshake, "seq", SessionRequest.UNNUMBERED);
        if (number == 0) {
            throw new HandshakeRefusedException(400, "'seq' is 1 for the first POST, and one more for each.");
        }
        Post post = new Post(
                principal(handshake), number, HttpBody.read(request, bodyTimeout), PolledSession.POST_PATIENCE);
        CompletableFuture<SessionAnswer> answer = routes.answer(session(id), post);
        SessionAnswer now = await(answer);
        if (now != null) {
            accepted(now, response);
        } else {
            respondLater(request, response, answer);
        }
    }

    private void accepted(SessionAnswer answer, HttpServletResponse response) throws HandshakeRefusedException {
        if (answer instanceof Refused) {
            throw refusal(answer);
        }
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
        listener.answered(HttpListener.Request.POST, HttpServletResponse.SC_ACCEPTED);
    }

    /**
     * Answers later. The endpoint is busy, or the client does not read its answers. This is rare, so Tomcat's memory
     * for the request does not matter.
     */
    private void respondLater(
            HttpServletRequest request, HttpServletResponse response, CompletableFuture<SessionAnswer> answer) {
        AsyncContext context = request.startAsync(request, response);
        context.setTimeout(0);
        CompletableFuture<?> _ = answer.completeOnTimeout(Refused.UNREACHABLE, POST.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((what, failure) -> Thread.ofVirtual()
                        .name("pushwire-post")
                        .start(() -> respond(context, response, what == null ? Refused.UNREACHABLE : what)));
    }

    private void respond(AsyncContext context, HttpServletResponse response, SessionAnswer answer) {
        try {
            accepted(answer, response);
        } catch (HandshakeRefusedException e) {
            try {
                HttpRefusals.write(e, response);
                listener.answered(HttpListener.Request.POST, e.status());
            } catch (IOException gone) {
                log.debug("A client did not wait for the answer to its commands", gone);
            }
        }
        context.complete();
    }

    /** @param id the id as it is in the path */
    void end(HttpServletRequest request, HttpServletResponse response, String id) throws HandshakeRefusedException {
        End end = new End(principal(Streams.handshake(request, PATH, Map.of())));
        SessionAnswer answer = await(routes.answer(session(id), end), POST);
        if (answer instanceof Refused || answer == null) {
            throw refusal(answer == null ? Refused.UNREACHABLE : answer);
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        listener.answered(HttpListener.Request.END, HttpServletResponse.SC_NO_CONTENT);
    }

    private @Nullable String principal(Handshake handshake) throws HandshakeRefusedException {
        Principal principal = admission.identify(handshake);
        return principal == null ? null : principal.getName();
    }

    private static SessionId session(String id) throws HandshakeRefusedException {
        SessionId session = SessionId.parse(id);
        if (session == null) {
            throw refusal(Refused.UNKNOWN);
        }
        return session;
    }

    private static @Nullable SessionAnswer await(CompletableFuture<SessionAnswer> answer) {
        return await(answer, AT_ONCE);
    }

    private static @Nullable SessionAnswer await(CompletableFuture<SessionAnswer> answer, Duration patience) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            return Refused.UNREACHABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(false);
            return Refused.UNREACHABLE;
        }
    }

    private static long number(Handshake handshake, String name, long otherwise) throws HandshakeRefusedException {
        String text = handshake.queryParameter(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,15}")) {
            throw new HandshakeRefusedException(400, "'" + name + "' is a number of up to 15 digits.");
        }
        return Long.parseLong(text);
    }

    private static HandshakeRefusedException refusal(SessionAnswer answer) {
        Refused why = answer instanceof Refused refused ? refused : Refused.UNREACHABLE;
        return switch (why) {
            case UNKNOWN ->
                new HandshakeRefusedException(
                        404, "There is no such session: it has ended, or its server has. Open another.");
            case FOREIGN ->
                new HandshakeRefusedException(
                        403, "The session was opened with a token: send one of the same principal.");
            case OUT_OF_ORDER ->
                new HandshakeRefusedException(
                        409, "The POST before this one, by 'seq', is missing or not answered yet: send it first.");
            case BUSY ->
                new HandshakeRefusedException(
                        429,
                        "Too many commands wait to be carried out. These were not: send the same again.",
                        RETRY_AFTER);
            case UNREACHABLE ->
                new HandshakeRefusedException(
                        503, "The server of this session does not answer for the moment.", RETRY_AFTER);
            case MALFORMED -> new HandshakeRefusedException(400, "This session is a stream, and not polled.");
        };
    }
}
