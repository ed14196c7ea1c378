package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.spi.AccessLease;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.protocol.CloseStatus;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of a connection whose peer was let in for a while. */
class AccessLeaseTest {
    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final Passing ada = new Passing("ada");
    private final TestConnection connection = loop.connection(
            Execution.EVENT_LOOP, TestConnection.LIMITS, new HandshakeInfo(ada, null, null, Map.of(), null));

    /** Ends when the test says so. */
    private static final class Passing implements AccessLease {
        private final String name;
        private CloseStatus ending;
        private int released;
        private boolean failing;

        Passing(String name) {
            this.name = name;
        }

        @Override
        public Principal principal() {
            return () -> name;
        }

        @Override
        public CloseStatus ending(long now) {
            return ending;
        }

        @Override
        public boolean provisional() {
            return false;
        }

        @Override
        public void release() {
            released++;
            if (failing) {
                throw new PlannedException();
            }
        }
    }

    @Test
    void whenItIsOverTheConnectionEndsAtTheNextLook() {
        connection.open();
        connection.sweepAfter(Duration.ofSeconds(1));
        connection.assertOpen();

        ada.ending = new CloseStatus(4403, "over");
        connection.sweepAfter(Duration.ofSeconds(2));
        connection.assertSent("close 4403 over");
        connection.receives(Wire.close(4403));
        connection.peerFinishes();
        connection.assertCalls("open", "close 4403 over");
        connection.assertClosed("AccessEnded 4403");
        assertThat(ada.released).isEqualTo(1);
    }

    @Test
    void itIsReleasedOnceTheSocketIsClosedAndNoSooner() {
        connection.open();
        connection.session().close();
        loop.settle();
        assertThat(ada.released).isZero();
        connection.receives(Wire.close(1000));
        connection.peerFinishes();
        assertThat(ada.released).isEqualTo(1);
        assertThat(connection.session().principal().getName()).isEqualTo("ada");
    }

    @Test
    void anotherTakesItsPlace() {
        Passing eve = new Passing("eve");
        connection.open();
        assertThat(leased().replaceLease(ada, eve)).isTrue();
        assertThat(leased().replaceLease(ada, new Passing("bob"))).isFalse();
        assertThat(connection.session().principal().getName()).isEqualTo("eve");

        ada.ending = new CloseStatus(4403, "over");
        connection.sweepAfter(Duration.ofSeconds(1));
        connection.assertOpen();

        connection.peerVanishesByReset();
        assertThat(ada.released).isZero();
        assertThat(eve.released).isEqualTo(1);
    }

    @Test
    void oneThatFailsWhenItIsReleasedKeepsNothingElseFromBeingGivenBack() {
        ada.failing = true;
        connection.open();
        connection.peerVanishesByReset();
        assertThat(ada.released).isEqualTo(1);
        connection.assertClosed("TransportFailed 1006");
        connection.assertAccounted();
    }

    @Test
    void nothingTakesThePlaceOfOneThatIsReleased() {
        connection.open();
        connection.peerVanishesByReset();
        assertThat(leased().replaceLease(ada, new Passing("eve"))).isFalse();
        AccessLease last = leased().lease();
        assertThat(leased().replaceLease(last, new Passing("eve"))).isFalse();
        assertThat(ada.released).isEqualTo(1);
    }

    private LeasedSession leased() {
        return LeasedSession.of(connection.session());
    }
}
