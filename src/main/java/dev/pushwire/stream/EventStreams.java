package dev.pushwire.stream;

import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.StreamFormat;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.push.ClientListener;
import dev.pushwire.push.Hub;
import dev.pushwire.push.Presence;
import dev.pushwire.push.SubscriptionGate;
import dev.pushwire.tomcat.Streams;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for event streams. A browser gives an {@code EventSource} up for good at any status but 200 (HTML,
 * section 9.2.2). So if the reason of a refusal will pass, it is told in a stream of one event, with a long
 * {@code retry}. Only a final refusal has a status of its own.
 *
 * <pre>
 * no topic, no position, too many topics           400
 * no token where one is needed, or a bad one       401
 * a topic that is not for this client              403
 * connections, topics, memory at their limit;      200, event: unavailable
 *   the broker or the keys of tokens away; a drain
 * anything else                                    200, a stream
 * </pre>
 */
public final class EventStreams {
    private static final String TYPE = "text/event-stream;charset=utf-8";
    private static final StreamFormat FORMAT = new StreamFormat("sse", StreamEvents.HEARTBEAT, StreamEvents::farewell);

    private final Streams streams;
    private final Admission admission;
    private final SubscriptionGate gate;
    private final StreamListener listener;
    private final EndpointBinding one;
    private final EndpointBinding several;

    public EventStreams(
            Streams streams,
            Admission admission,
            SubscriptionGate gate,
            Hub hub,
            Presence presence,
            LimitListener limits,
            ClientListener events,
            StreamListener listener) {
        this.streams = streams;
        this.admission = admission;
        this.gate = gate;
        this.listener = listener;
        this.one =
                streams.bind("/topics/{topic}", new TopicStream(hub, presence, events), Execution.EVENT_LOOP, FORMAT);
        this.several = streams.bind(
                "/topics", new TopicsStream(hub, presence, limits, events), Execution.VIRTUAL_THREAD, FORMAT);
    }

    /**
     * Answers a request for one topic.
     *
     * @param path the path within the application, as it is in the request
     */
    void answerOne(HttpServletRequest request, HttpServletResponse response, String path, Map<String, String> variables)
            throws IOException, ServletException {
        Handshake handshake = Streams.handshake(request, path, variables);
        answer(request, response, one, handshake, () -> StreamRequest.ofOne(handshake, gate));
    }

    /** Answers a request for the topics in the query. */
    void answerSeveral(HttpServletRequest request, HttpServletResponse response, String path)
            throws IOException, ServletException {
        Handshake handshake = Streams.handshake(request, path, Map.of());
        String[] topics = request.getParameterValues("topic");
        List<String> names = topics == null ? List.of() : List.of(topics);
        answer(request, response, several, handshake, () -> StreamRequest.ofSeveral(names, handshake, gate));
    }

    private interface Reading {
        StreamRequest read() throws HandshakeRefusedException;
    }

    private void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            EndpointBinding binding,
            Handshake handshake,
            Reading reading)
            throws IOException, ServletException {
        StreamRequest wanted = null;
        AccessLease lease = null;
        boolean handedOn = false;
        try {
            checkCredentials(request);
            wanted = reading.read();
            needRoom(streams.availability()); // first, since to be admitted may use up a ticket
            lease = admission.admit(handshake, false);
            StreamHandshake admitted = new StreamHandshake(handshake, lease.principal(), wanted);
            for (var topic : wanted.topics()) {
                gate.pass(topic, admitted);
            }
            describe(response);
            needRoom(streams.open(request, response, binding, admitted, lease));
            handedOn = true;
            listener.answered(binding.pattern(), StreamListener.Result.OPENED, 200);
        } catch (HandshakeRefusedException e) {
            refuse(e, binding, wanted, response);
        } finally {
            if (lease != null && !handedOn) {
                lease.release();
            }
        }
    }

    private static void checkCredentials(HttpServletRequest request) throws HandshakeRefusedException {
        if (Collections.list(request.getHeaders("Authorization")).size() > 1) {
            throw new HandshakeRefusedException(400, "There must be at most one Authorization.");
        }
    }

    private void refuse(
            HandshakeRefusedException refusal,
            EndpointBinding binding,
            @Nullable StreamRequest wanted,
            HttpServletResponse response)
            throws IOException {
        String reason = String.valueOf(refusal.getMessage());
        if (refusal.status() == 429 || refusal.status() == 503) {
            say(wanted, reason, response);
            listener.answered(binding.pattern(), StreamListener.Result.UNAVAILABLE, 200);
        } else {
            refusal.headers().forEach(response::setHeader);
            ProblemWriter.write(CommonProblems.of(refusal.status(), reason), response);
            listener.answered(binding.pattern(), StreamListener.Result.REFUSED, refusal.status());
        }
    }

    private static void say(@Nullable StreamRequest wanted, String reason, HttpServletResponse response)
            throws IOException {
        describe(response);
        ByteBuffer event = StreamEvents.unavailable(
                wanted == null ? null : wanted.resumption().id(), reason);
        response.setContentLength(event.remaining());
        response.getOutputStream().write(event);
    }

    /** nginx buffers and caches answers that do not forbid it. Other proxies heed {@code no-store}. */
    private static void describe(HttpServletResponse response) {
        response.setContentType(TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    private static void needRoom(Availability availability) throws HandshakeRefusedException {
        String reason = switch (availability) {
            case OPEN -> null;
            case DRAINING -> "The server is about to stop.";
            case FULL -> "There are as many connections as this server allows.";
            case SHORT_OF_MEMORY -> "The server is short of memory.";
        };
        if (reason != null) {
            throw new HandshakeRefusedException(503, reason);
        }
    }
}
