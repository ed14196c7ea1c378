package dev.pushwire.engineio;

import dev.pushwire.connection.Collected;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.polling.Answers;
import dev.pushwire.polling.SessionAnswer.Batch;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionId;
import dev.pushwire.polling.SessionRequest;
import dev.pushwire.polling.SessionRoutes;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.tomcat.CrossOrigin;
import dev.pushwire.tomcat.LateResponses;
import dev.pushwire.tomcat.RequestBody;
import dev.pushwire.tomcat.Streams;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;

/**
 * Answers requests without a WebSocket: those of polling clients, and wrong ones, in a way that clients understand. A
 * poll is first tried without waiting, so that an error has a status of its own.
 */
public final class EngineRequests implements HttpRequestHandler {
    private static final byte[] NOOP = {(byte) EnginePacket.Type.NOOP.digit()};

    private final EngineSettings settings;
    private final PollingSessions sessions;
    private final SessionRoutes routes;
    private final LateResponses late;
    private final CrossOrigin origins;
    private final Duration bodyTimeout;
    private final Set<Posting> posting = ConcurrentHashMap.newKeySet(); // whose bodies this node is reading

    /**
     * A post whose body is being read. It has a principal, since a stranger's post must not block one of the session's
     * client.
     */
    private record Posting(SessionId id, @Nullable String principal) {}

    /** @param bodyTimeout how long a whole body may take to arrive */
    public EngineRequests(
            EngineSettings settings,
            PollingSessions sessions,
            SessionRoutes routes,
            LateResponses late,
            CrossOrigin origins,
            Duration bodyTimeout) {
        this.settings = settings;
        this.sessions = sessions;
        this.routes = routes;
        this.late = late;
        this.origins = origins;
        this.bodyTimeout = bodyTimeout;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        Handshake asked = Streams.handshake(request, path, Map.of());
        String named = asked.queryParameter("sid");
        String sid = named == null || named.isEmpty() ? null : named;
        String transport = asked.queryParameter("transport");
        EngineError error = sid == null
                ? EngineError.ofOpening(request.getMethod(), transport, asked.queryParameter("EIO"), settings.polls())
                : EngineError.ofTransport(transport, settings.polls());
        if (error == null && !origins.admits(request)) {
            error = EngineError.FORBIDDEN;
        }
        if (error != null) {
            EngineResponses.refuse(response, error);
        } else if (sid == null) {
            begin(asked, response);
        } else {
            answer(request, response, asked, SessionId.parse(sid));
        }
    }

    private void begin(Handshake asked, HttpServletResponse response) throws IOException {
        try {
            Collected first = now(sessions.begin(asked));
            if (first instanceof Collected.Batch(byte[] content)) {
                EngineResponses.packets(response, Arrays.copyOf(content, content.length - 1));
            } else {
                EngineResponses.refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        } catch (HandshakeRefusedException e) {
            refuse(response, e);
        }
    }

    private void answer(
            HttpServletRequest request, HttpServletResponse response, Handshake asked, @Nullable SessionId id)
            throws IOException, ServletException {
        if (id == null) {
            EngineResponses.refuse(response, EngineError.UNKNOWN_SID);
            return;
        }
        try {
            String principal = sessions.principal(asked);
            String method = request.getMethod();
            if (!EngineError.isExpected(method, asked.queryParameter("transport"), asked.queryParameter("EIO"))) {
                refuseUnexpected(response, id, principal);
            } else if (method.equals("GET")) {
                poll(request, response, asked, id, principal);
            } else {
                post(request, response, id, principal);
            }
        } catch (HandshakeRefusedException e) {
            refuse(response, e);
        }
    }

    private static void refuse(HttpServletResponse response, HandshakeRefusedException why) throws IOException {
        why.headers().forEach(response::setHeader);
        EngineResponses.refuse(response, EngineError.FORBIDDEN, why.status());
    }

    /** Refuses a request that a polling session does not take. The session goes on. */
    private void refuseUnexpected(HttpServletResponse response, SessionId id, @Nullable String principal)
            throws IOException {
        switch (now(routes.answer(id, new SessionRequest.Carry(principal, "", SessionRequest.Carry.Step.LOOK)))) {
            case Done _, Batch _ -> EngineResponses.refuse(response, EngineError.BAD_REQUEST);
            case Refused refused -> EngineResponses.refuse(response, refused);
            case null -> EngineResponses.refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private void poll(
            HttpServletRequest request,
            HttpServletResponse response,
            Handshake asked,
            SessionId id,
            @Nullable String principal)
            throws IOException, ServletException {
        switch (now(routes.answer(id, poll(principal, Duration.ZERO)))) {
            case Batch(byte[] content) when content.length > 0 -> EngineResponses.packets(response, content);
            case Batch _ -> park(request, response, asked, id, principal);
            case Refused refused -> EngineResponses.refuse(response, refused);
            case Done _ -> throw new IllegalStateException("A poll has packets for an answer");
            case null -> EngineResponses.refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private void park(
            HttpServletRequest request,
            HttpServletResponse response,
            Handshake asked,
            SessionId id,
            @Nullable String principal)
            throws IOException, ServletException {
        CompletableFuture<byte[]> body = Answers.following(
                routes.answer(id, poll(principal, settings.patience())),
                (answer, failure) -> answer instanceof Batch(byte[] content) && content.length > 0 ? content : NOOP);
        EngineResponses.describePackets(response);
        if (late.answer(request, response, asked, body) != Availability.OPEN) {
            body.cancel(false);
            EngineResponses.refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private static SessionRequest poll(@Nullable String principal, Duration wait) {
        return new SessionRequest.Poll(principal, SessionRequest.UNNUMBERED, wait);
    }

    private void post(
            HttpServletRequest request, HttpServletResponse response, SessionId id, @Nullable String principal)
            throws IOException {
        byte[] body;
        try {
            body = body(request, new Posting(id, principal));
        } catch (HandshakeRefusedException e) {
            now(routes.answer(id, new SessionRequest.End(principal))); // as the reference implementation does
            if (e.status() == EngineError.BAD_REQUEST.status()) {
                EngineResponses.refuse(response, EngineError.BAD_REQUEST);
            } else {
                EngineResponses.refuse(response, e.status());
            }
            return;
        }
        switch (now(routes.answer(
                id, new SessionRequest.Post(principal, SessionRequest.UNNUMBERED, body, settings.patience())))) {
            case Done _, Batch _ -> EngineResponses.posted(response);
            case Refused refused -> EngineResponses.refuse(response, refused);
            case null -> EngineResponses.refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    /** Two posts of one session at the same time have no order, so the second is refused. */
    private byte[] body(HttpServletRequest request, Posting post) throws HandshakeRefusedException {
        if ("application/octet-stream".equals(request.getContentType()) || !posting.add(post)) {
            throw new HandshakeRefusedException(EngineError.BAD_REQUEST.status(), EngineError.BAD_REQUEST.message());
        }
        try {
            return RequestBody.read(request, settings.maxBody(), bodyTimeout);
        } finally {
            posting.remove(post); // before the answer: the next post may follow it at once
        }
    }

    /** @return null if no answer comes in time, since another node or a handler is slow */
    private <T> @Nullable T now(CompletableFuture<T> answer) {
        try {
            return answer.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(false);
        }
        return null;
    }
}
