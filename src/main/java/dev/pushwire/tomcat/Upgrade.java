package dev.pushwire.tomcat;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.endpoint.spi.SuccessorEndpoint;
import dev.pushwire.problem.CommonProblems;
import dev.pushwire.problem.ProblemWriter;
import dev.pushwire.protocol.DeflatePolicy;
import dev.pushwire.protocol.HandshakePolicy;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.protocol.OpeningHandshake;
import dev.pushwire.protocol.OpeningHandshake.Accepted;
import dev.pushwire.protocol.OpeningHandshake.Rejected;
import dev.pushwire.protocol.OriginPolicy;
import dev.pushwire.tomcat.EndpointMappings.Match;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers opening handshakes. {@link OpeningHandshake} decides, and the reply goes through the servlet API. */
public final class Upgrade {
    /**
     * Spring ignores path parameters when it matches. So two different paths would lead to the same endpoint, and to
     * the same topic.
     */
    private static final Rejected PATH_PARAMETERS = new Rejected(
            400, Map.of(), "A path has no parameters here: a semicolon in it must be percent-encoded, as %3B.");

    private static final Rejected FOREIGN_CONNECTOR = new Rejected(
            501,
            Map.of(),
            "This port opens no WebSockets: the application has added its connector, with a protocol of Tomcat's own.");

    private final EventLoopGroup loops;
    private final ConnectionRegistry registry;
    private final OriginPolicy origins;
    private final Admission admission;
    private final @Nullable DeflatePolicy compression;
    private final HandshakeListener listener;
    private final OriginLog refusedOrigins = new OriginLog(System::nanoTime);

    /** @param compression null if it is disabled */
    public Upgrade(
            EventLoopGroup loops,
            ConnectionRegistry registry,
            OriginPolicy origins,
            Admission admission,
            @Nullable DeflatePolicy compression,
            HandshakeListener listener) {
        this.loops = loops;
        this.registry = registry;
        this.origins = origins;
        this.admission = admission;
        this.compression = compression;
        this.listener = listener;
    }

    void answer(HttpServletRequest request, HttpServletResponse response, String path, Match match)
            throws IOException, ServletException {
        if (path.indexOf(';') >= 0) {
            reject(request, response, PATH_PARAMETERS);
            tell(match, HandshakeResult.MALFORMED, PATH_PARAMETERS.status());
            return;
        }
        if (!ForeignConnectors.letTake(request)) {
            reject(request, response, FOREIGN_CONNECTOR);
            tell(match, HandshakeResult.UNMAPPED, FOREIGN_CONNECTOR.status());
            return;
        }
        Availability availability = registry.enter();
        boolean handedOn = false;
        try {
            OpeningHandshake answer = OpeningHandshake.answer(
                    ServletHandshake.view(request),
                    new HandshakePolicy(origins, match.subprotocols(), compression, availability));
            switch (answer) {
                case Rejected rejected -> {
                    reject(request, response, rejected);
                    HandshakeResult result = HandshakeResult.of(answer, availability);
                    tell(match, result, rejected.status());
                    if (result == HandshakeResult.ORIGIN) {
                        refusedOrigins.refused(String.valueOf(request.getHeader("Origin")), path);
                    }
                }
                case Accepted accepted -> {
                    ServletHandshake handshake = ServletHandshake.copyOf(request, path, match.pathVariables());
                    handedOn = admit(request, response, accepted, match, handshake);
                }
            }
        } finally {
            if (availability == Availability.OPEN && !handedOn) {
                registry.leave();
            }
        }
    }

    /**
     * Why a handshake with the same headers would be refused now; null if it would not be. The endpoint itself is not
     * asked, since it would take the question for a new client.
     */
    @Nullable
    Rejected refusal(HttpServletRequest request, String path, Match match) {
        Availability availability = registry.enter();
        try {
            Rejected refusal = OpeningHandshake.refusal(
                    ServletHandshake.view(request),
                    new HandshakePolicy(origins, match.subprotocols(), compression, availability));
            if (refusal != null) {
                return refusal;
            }
            ServletHandshake handshake = ServletHandshake.copyOf(request, path, match.pathVariables());
            admission.check(handshake, match.binding().authenticatesLate());
            return null;
        } catch (HandshakeRefusedException e) {
            return rejected(e);
        } finally {
            if (availability == Availability.OPEN) {
                registry.leave();
            }
        }
    }

    /** @return whether the connection is on its way */
    private boolean admit(
            HttpServletRequest request,
            HttpServletResponse response,
            Accepted accepted,
            Match match,
            ServletHandshake handshake)
            throws IOException, ServletException {
        EndpointBinding binding = match.binding();
        HandshakeResult refused = HandshakeResult.NOT_ADMITTED;
        AccessLease lease = null;
        boolean handedOn = false;
        try {
            lease = admission.admit(handshake, binding.authenticatesLate());
            refused = HandshakeResult.REFUSED;
            ServletHandshake admitted = handshake.of(lease.principal());
            binding.endpoint().onHandshake(admitted);
            Session beside =
                    binding.endpoint() instanceof SuccessorEndpoint successor ? successor.succeeds(admitted) : null;
            accept(request, response, accepted);
            tell(match, HandshakeResult.ACCEPTED, accepted.status());
            UpgradeHandoff.ofWebSocket(loops, binding, accepted, admitted, lease, beside)
                    .leaveWithThread(); // last: from now on it releases what it has
            handedOn = true;
        } catch (HandshakeRefusedException e) {
            reject(request, response, rejected(e));
            tell(match, refused, e.status());
        } catch (RuntimeException | Error e) {
            tell(match, HandshakeResult.FAILED, 500);
            throw e; // the container answers, as it does for any request
        } finally {
            if (lease != null && !handedOn) {
                lease.release();
            }
        }
        return handedOn;
    }

    private static Rejected rejected(HandshakeRefusedException e) {
        return new Rejected(e.status(), e.headers(), String.valueOf(e.getMessage()));
    }

    private void tell(Match match, HandshakeResult result, int status) {
        listener.answered(match.binding().pattern(), result, status);
    }

    private static void accept(HttpServletRequest request, HttpServletResponse response, Accepted accepted)
            throws IOException, ServletException {
        response.setStatus(accepted.status());
        accepted.headers().forEach(response::setHeader);
        request.upgrade(UpgradeHandler.class);
    }

    private static void reject(HttpServletRequest request, HttpServletResponse response, Rejected rejected)
            throws IOException {
        rejected.headers().forEach(response::setHeader);
        ProblemWriter.writeAsAccepted(CommonProblems.of(rejected.status(), rejected.reason()), request, response);
    }
}
