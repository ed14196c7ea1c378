package dev.pushwire.engineio;

import dev.pushwire.connection.Collected;
import dev.pushwire.connection.EndpointBinding;
import dev.pushwire.connection.StreamFormat;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.Admission;
import dev.pushwire.protocol.Framing.Form;
import dev.pushwire.protocol.HandshakePolicy.Availability;
import dev.pushwire.tomcat.Streams;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Begins sessions over long polling. Thread-safe. */
public final class PollingSessions {
    private static final StreamFormat FORMAT = new StreamFormat("polling", Form.RECORDS, null, Polling::farewell);

    /** How long the first packets may take. They need an event loop and an endpoint, and neither waits for anything. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Streams streams;
    private final Admission admission;
    private final EndpointBinding binding;
    private final Duration silence;

    /**
     * @param silence how long a client may leave its messages uncollected
     * @param messagesPerSecond how many messages a client may send in a second; 0 for no limit
     */
    public PollingSessions(
            Streams streams, Admission admission, EngineEndpoint endpoint, Duration silence, int messagesPerSecond) {
        this.streams = streams;
        this.admission = admission;
        this.silence = silence;
        this.binding = streams.bind(
                "/socket.io/", endpoint, Execution.VIRTUAL_THREAD, RateLimit.MESSAGES, messagesPerSecond, FORMAT);
    }

    /**
     * The user that a request of a session is from.
     *
     * @return null if the request does not say
     * @throws HandshakeRefusedException if the token is not valid
     */
    @Nullable
    String principal(Handshake request) throws HandshakeRefusedException {
        Principal principal = admission.identify(request);
        return principal == null ? null : principal.getName();
    }

    /**
     * Admits a client.
     *
     * @return its first packets, with which it learns of its session
     * @throws HandshakeRefusedException if the client is refused
     */
    CompletableFuture<Collected> begin(Handshake handshake) throws HandshakeRefusedException {
        refuse(streams.availability()); // first, since to be admitted may use up a ticket
        AccessLease lease = admission.admit(handshake, true);
        boolean handedOn = false;
        try {
            Polling polling = new Polling(handshake.remoteAddress(), silence);
            PollingHandshake admitted = new PollingHandshake(handshake, lease.principal(), polling);
            Availability availability = streams.open(polling.mailbox(), binding, admitted, lease);
            handedOn = availability == Availability.OPEN;
            refuse(availability);
            return polling.mailbox().collect(Integer.MAX_VALUE, PATIENCE);
        } finally {
            if (!handedOn) {
                lease.release();
            }
        }
    }

    private static void refuse(Availability availability) throws HandshakeRefusedException {
        if (availability != Availability.OPEN) {
            throw new HandshakeRefusedException(503, "There is no room for another connection.");
        }
    }
}
