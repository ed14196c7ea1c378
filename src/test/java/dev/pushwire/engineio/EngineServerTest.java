package dev.pushwire.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.NodeName;
import dev.pushwire.endpoint.Session;
import dev.pushwire.polling.SessionId;
import dev.pushwire.testing.TestHandshake;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineServerTest {
    private final EngineSettings settings = new EngineSettings(
            EnumSet.allOf(EngineSettings.Transport.class), true, Duration.ofMillis(10), Duration.ofSeconds(1), 1000);

    /** A ping before the first packet would be taken for that by a client that polls, which then polls no more. */
    @Test
    void nothingComesBeforeTheFirstPacket() {
        List<String> calls = new ArrayList<>();
        Session session = (Session) Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (self, method, arguments) -> {
                    calls.add(method.getName());
                    return null;
                });
        SessionId id = SessionId.random(new NodeName("n"));
        EngineServer server = new EngineServer(settings, () -> id, (opened, handshake) -> null);
        server.open(session, TestHandshake.to("/socket.io/"), null);
        assertThat(calls).containsExactly("send", "heartbeat");
    }
}
