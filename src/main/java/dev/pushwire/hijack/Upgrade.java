package dev.pushwire.hijack;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.EventLoopGroup;
import dev.pushwire.endpoint.Admission;
import dev.pushwire.endpoint.Grant;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.hijack.EndpointMappings.Match;
import dev.pushwire.protocol.DeflatePolicy;
import dev.pushwire.protocol.HandshakePolicy;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.protocol.OpeningHandshake;
import dev.pushwire.protocol.OpeningHandshake.Accepted;
import dev.pushwire.protocol.OpeningHandshake.Rejected;
import dev.pushwire.protocol.OriginPolicy;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Answers opening handshakes: the decision is {@link OpeningHandshake}'s, the reply goes through the servlet API. */
public final class Upgrade {
    private final EventLoopGroup loops;
    private final ConnectionRegistry registry;
    private final OriginPolicy origins;
    private final Admission admission;
    private final @Nullable DeflatePolicy compression;
    private final HandshakeListener listener;

    /** @param compression null for none */
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
        Availability availability = registry.enter();
        boolean handedOn = false;
        try {
            OpeningHandshake answer = OpeningHandshake.answer(
                    ServletHandshake.view(request),
                    new HandshakePolicy(origins, match.subprotocols(), compression, availability));
            switch (answer) {
                case Rejected rejected -> {
                    reject(response, rejected);
                    tell(match, HandshakeResult.of(answer, availability), rejected.status());
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
        Grant grant = null;
        boolean handedOn = false;
        try {
            grant = admission.admit(handshake, binding.authenticatesLate());
            refused = HandshakeResult.REFUSED;
            ServletHandshake admitted = handshake.of(grant.principal());
            binding.endpoint().onHandshake(admitted);
            accept(request, response, accepted);
            new PendingUpgrade(loops, binding, accepted, admitted, grant).leaveWithThread();
            handedOn = true;
            tell(match, HandshakeResult.ACCEPTED, accepted.status());
        } catch (HandshakeRefusedException e) {
            reject(response, new Rejected(e.status(), e.headers(), String.valueOf(e.getMessage())));
            tell(match, refused, e.status());
        } catch (RuntimeException | Error e) {
            tell(match, HandshakeResult.FAILED, 500);
            throw e; // the container answers, as it does for any request
        } finally {
            if (grant != null && !handedOn) {
                grant.release();
            }
        }
        return handedOn;
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

    private static void reject(HttpServletResponse response, Rejected rejected) throws IOException {
        byte[] reason = (rejected.reason() + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(rejected.status());
        rejected.headers().forEach(response::setHeader);
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(reason.length);
        response.getOutputStream().write(reason);
    }
}
