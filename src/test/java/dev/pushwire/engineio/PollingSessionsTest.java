package dev.pushwire.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pushwire.connection.ConnectionListener;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.testing.TestHandshake;
import dev.pushwire.tomcat.Streams;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollingSessionsTest {
    /** For that may use up its ticket. */
    @Test
    void aClientThatFindsNoRoomIsNotAdmittedFirst() {
        Streams full = new Streams(null, new ConnectionRegistry(0), null, (_, _) -> new ConnectionListener() {});
        EngineEndpoint endpoint = new EngineEndpoint(null, null);
        PollingSessions sessions = new PollingSessions(
                full,
                (_, _) -> {
                    throw new AssertionError("admitted");
                },
                endpoint,
                Duration.ofMinutes(1),
                0);
        assertThat(catchThrowableOfType(
                                HandshakeRefusedException.class, () -> sessions.begin(TestHandshake.to("/socket.io/")))
                        .status())
                .isEqualTo(503);
    }
}
