package dev.pushwire.pushprotocol;

import dev.pushwire.connection.Collected;
import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.MailboxTransport;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.polling.PolledSession;
import dev.pushwire.polling.PolledSessions;
import dev.pushwire.polling.SessionId;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.tomcat.Streams;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens sessions without a WebSocket. Thread-safe. */
final class HttpSessions {
    /** The path pattern, as the meters name it: that of the same endpoint over WebSockets. */
    private static final String PATTERN = "/push";

    /** How long to wait for the first line, which is there as soon as the session is. */
    private static final Duration FIRST_LINE = Duration.ofSeconds(10);

    private static final int FIRST_BATCH = 64 * 1024;
    private static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "5");

    private final HttpSettings settings;
    private final PushEndpoint push;
    private final Streams streams;
    private final Admission admission;
    private final PolledSessions sessions;
    private final LimitListener limits;
    private final Map<HttpWay, EndpointBinding> bindings = new EnumMap<>(HttpWay.class);

    HttpSessions(
            HttpSettings settings,
            PushEndpoint push,
            Streams streams,
            Admission admission,
            PolledSessions sessions,
            LimitListener limits) {
        this.settings = settings;
        this.push = push;
        this.streams = streams;
        this.admission = admission;
        this.sessions = sessions;
        this.limits = limits;
        for (HttpWay way : HttpWay.values()) {
            bindings.put(way, bind(way)); // now, so that the meters begin at 0
        }
    }

    /**
     * Answers a request for a session.
     *
     * @param first the first commands
     * @throws HandshakeRefusedException if there will be no session; nothing was written then
     */
    void open(HttpServletRequest request, HttpServletResponse response, HttpWay way, byte[] first)
            throws HandshakeRefusedException, IOException, ServletException {
        Handshake handshake = Streams.handshake(request, PATTERN, Map.of());
        refuse(streams.availability()); // first, since to be admitted may use up a ticket
        if (way == HttpWay.POLL && !sessions.hasRoom()) {
            throw tooManyPolled();
        }
        AccessLease lease = admission.admit(handshake, true);
        boolean handedOn = false;
        try {
            SessionId id = SessionId.random(settings.node());
            Principal principal = lease.principal();
            String owner = principal == null ? null : principal.getName();
            HttpHeaders.describe(way, response);
            if (way == HttpWay.POLL) {
                MailboxTransport mailbox = openMailbox(id, owner, handshake, lease, first);
                handedOn = true;
                HttpHeaders.write(firstLines(mailbox), response);
            } else {
                HttpSession session = session(() -> sessions.add(id, owner), first, () -> sessions.remove(id));
                refuse(streams.open(request, response, bind(way, session), handshake, lease));
                handedOn = true;
            }
        } finally {
            if (!handedOn) {
                lease.release();
            }
        }
    }

    private MailboxTransport openMailbox(
            SessionId id, @Nullable String owner, Handshake handshake, AccessLease lease, byte[] first)
            throws HandshakeRefusedException {
        Runnable onClose = () -> sessions.remove(id);
        MailboxTransport mailbox = new MailboxTransport(handshake.remoteAddress(), settings.pollTimeout(), onClose);
        PolledSession entry = sessions.add(id, owner, mailbox);
        if (entry == null) {
            throw tooManyPolled();
        }
        Availability availability =
                streams.open(mailbox, bind(HttpWay.POLL, session(() -> entry, first, () -> {})), handshake, lease);
        if (availability != Availability.OPEN) {
            onClose.run();
        }
        refuse(availability);
        return mailbox;
    }

    private HandshakeRefusedException tooManyPolled() {
        limits.exceeded(Limit.POLLED_SESSIONS);
        return new HandshakeRefusedException(
                503, "There are as many sessions that are polled as this server allows.", RETRY_AFTER);
    }

    private HttpSession session(Supplier<PolledSession> entry, byte[] first, Runnable onClose) {
        return new HttpSession(push, settings.limits(), entry, first, onClose);
    }

    private EndpointBinding bind(HttpWay way) {
        return streams.bind(
                PATTERN,
                push,
                Execution.VIRTUAL_THREAD,
                RateLimit.LINES,
                settings.limits().commandsPerSecond(),
                way.format());
    }

    private EndpointBinding bind(HttpWay way, HttpSession session) {
        return Objects.requireNonNull(bindings.get(way)).to(session);
    }

    /** Waits for the first lines on the request's thread, since the wait is too short to need another way. */
    private static byte[] firstLines(MailboxTransport mailbox) throws HandshakeRefusedException {
        try {
            Collected first =
                    mailbox.collect(FIRST_BATCH, FIRST_LINE).get(FIRST_LINE.toMillis(), TimeUnit.MILLISECONDS);
            if (first instanceof Collected.Batch(byte[] content)) {
                return content;
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new HandshakeRefusedException(503, "The session did not open in time.", RETRY_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new HandshakeRefusedException(503, "The session has ended at once.", RETRY_AFTER);
    }

    private static void refuse(Availability availability) throws HandshakeRefusedException {
        String reason = switch (availability) {
            case OPEN -> "";
            case DRAINING -> "The server is about to stop.";
            case FULL -> "There are as many connections as this server allows.";
            case SHORT_OF_MEMORY -> "The server is short of memory.";
        };
        if (availability != Availability.OPEN) {
            throw new HandshakeRefusedException(503, reason, RETRY_AFTER);
        }
    }
}
