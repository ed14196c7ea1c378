package dev.pushwire.hijack;

import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.connection.EventLoopGroup;
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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers opening handshakes: the decision is {@link OpeningHandshake}'s, the reply goes through the servlet API. */
public final class Upgrade {
    private final EventLoopGroup loops;
    private final ConnectionRegistry registry;
    private final OriginPolicy origins;
    private final @Nullable DeflatePolicy compression;
    private final HandshakeListener listener;

    /** @param compression null for none */
    public Upgrade(
            EventLoopGroup loops,
            ConnectionRegistry registry,
            OriginPolicy origins,
            @Nullable DeflatePolicy compression,
            HandshakeListener listener) {
        this.loops = loops;
        this.registry = registry;
        this.origins = origins;
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
            ServletHandshake handshake = ServletHandshake.copyOf(request, path, match.pathVariables());
            HandshakeResult result = HandshakeResult.of(answer, availability);
            if (answer instanceof Accepted) {
                answer = askEndpoint(answer, match, handshake);
                result = answer instanceof Accepted ? result : HandshakeResult.REFUSED;
            }
            switch (answer) {
                case Rejected rejected -> reject(response, rejected);
                case Accepted accepted -> {
                    accept(request, response, accepted);
                    new PendingUpgrade(loops, match.binding(), accepted, handshake).leaveWithThread();
                    handedOn = true;
                }
            }
            listener.answered(match.binding().pattern(), result, answer.status());
        } finally {
            if (availability == Availability.OPEN && !handedOn) {
                registry.leave();
            }
        }
    }

    private OpeningHandshake askEndpoint(OpeningHandshake accepted, Match match, ServletHandshake handshake) {
        try {
            match.binding().endpoint().onHandshake(handshake);
            return accepted;
        } catch (HandshakeRefusedException e) {
            return new Rejected(e.status(), Map.of(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            listener.answered(match.binding().pattern(), HandshakeResult.FAILED, 500);
            throw e; // the container answers, as it does for any request
        }
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
