package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pushwire.broker.NodeName;
import dev.pushwire.connection.ConnectionListener;
import dev.pushwire.connection.ConnectionRegistry;
import dev.pushwire.endpoint.HandshakeRefusedException;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.polling.PolledSessions;
import dev.pushwire.push.SubscriptionLimits;
import dev.pushwire.tomcat.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A client that finds no room is not admitted first, for that may use up its ticket. */
class HttpSessionsTest {
    private static final ProtocolLimits LIMITS = new ProtocolLimits(1000, 0, new SubscriptionLimits(1, 1));

    private final List<Limit> exceeded = new ArrayList<>();

    private void assertNoRoom(int connections, HttpWay way) {
        Streams streams =
                new Streams(null, new ConnectionRegistry(connections), null, (_, _) -> new ConnectionListener() {});
        HttpSessions sessions = new HttpSessions(
                new HttpSettings(new NodeName("n"), LIMITS, Duration.ofMinutes(1), Duration.ofMinutes(1), 0),
                new PushEndpoint(null, LIMITS, exceeded::add),
                streams,
                (_, _) -> {
                    throw new AssertionError("admitted");
                },
                new PolledSessions(0, body -> List.of()),
                exceeded::add);
        assertThat(catchThrowableOfType(
                                HandshakeRefusedException.class,
                                () -> sessions.open(
                                        new MockHttpServletRequest("POST", "/push"),
                                        new MockHttpServletResponse(),
                                        way,
                                        new byte[0]))
                        .status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @EnumSource(HttpWay.class)
    void whereThereAreAsManyConnectionsAsMayBe(HttpWay way) {
        assertNoRoom(0, way);
        assertThat(exceeded).isEmpty();
    }

    @Test
    void whereAsManySessionsArePolledAsMayBe() {
        assertNoRoom(1, HttpWay.POLL);
        assertThat(exceeded).containsExactly(Limit.POLLED_SESSIONS);
    }
}
