package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pushwire.protocol.CloseStatus;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The closing handshake (RFC 6455, section 7.1) in every order, and the end of the TCP connection after it. */
class ConnectionClosingTest {
    private static final CloseStatus ENOUGH = new CloseStatus(4001, "enough");
    private static final Duration BEFORE_THE_DEADLINE = TestConnection.CLOSE_TIMEOUT.minusSeconds(2);

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final TestConnection connection = loop.connection();

    @BeforeEach
    void open() {
        connection.open();
    }

    @Nested
    class PeerFirst {
        @Test
        void itsCodeAndItsReasonAreEchoedAndOurSideShut() {
            connection.receives(Wire.close(4000, "bye"));
            connection.assertSent("close 4000 bye");
            connection.assertCalls("open", "close 4000 bye");
            connection.assertLingers();
            connection.peerFinishes();
            connection.assertClosed("PeerClosed 4000");
        }

        @Test
        void aCloseWithoutCodeIsAnsweredByOneWithout() {
            connection.receives(Wire.closeWithoutCode());
            connection.assertSent("close");
            connection.assertCalls("open", "close 1005");
            connection.peerFinishes();
            connection.assertClosed("PeerClosed 1005");
        }

        @Test
        void whatItSaysBehindItsCloseIsIgnored() {
            connection.receives(Wire.text("a"), Wire.close(1000), Wire.text("b"), Wire.close(4000), Wire.violation());
            connection.receives(Wire.text("c"));
            connection.assertSent("close 1000");
            connection.assertCalls("open", "text a", "close 1000");
        }

        @Test
        void whatWasSentBeforeGoesOutBeforeOurClose() {
            connection.peerStopsReading();
            connection.session().send("waits");
            connection.receives(Wire.close(1000));
            assertThat(connection.transport.isFinished()).isFalse();
            connection.peerReads();
            connection.assertSent("text waits", "close 1000");
            connection.assertLingers();
        }

        @Test
        void aPeerThatShutsItsSideRightBehindItsCloseStillGetsOurs() {
            connection.arrives(Wire.close(1000));
            connection.peerFinishes();
            connection.assertSent("close 1000");
            connection.assertClosed("PeerClosed 1000");
        }

        @Test
        void aPeerThatShutsItsSideWhileOurCloseWaitsStillGetsIt() {
            connection.peerStopsReading();
            connection.receives(Wire.close(1000));
            connection.peerFinishes();
            assertThat(connection.transport.isClosed()).isFalse();
            connection.peerReads();
            connection.assertSent("close 1000");
            connection.assertClosed("PeerClosed 1000");
        }

        @Test
        void aPeerThatResetsBehindItsCloseHasClosedAllTheSame() {
            connection.receives(Wire.close(1000));
            connection.peerVanishesByReset();
            connection.assertCalls("open", "close 1000");
            connection.assertClosed("PeerClosed 1000");
        }
    }

    @Nested
    class ApplicationFirst {
        @Test
        void theEndpointIsToldOnceThePeerHasAnswered() {
            connection.session().close(ENOUGH);
            loop.settle();
            connection.assertSent("close 4001 enough");
            connection.assertCalls("open");
            assertThat(connection.session().isOpen()).isFalse();
            connection.receives(Wire.close(4001));
            connection.assertCalls("open", "close 4001 enough");
            connection.assertLingers();
            connection.peerFinishes();
            connection.assertClosed("AppClosed 4001");
        }

        @Test
        void thePeersAnswerMayCarryAnotherCodeOrNone() {
            connection.session().close(ENOUGH);
            connection.receives(Wire.closeWithoutCode());
            connection.assertSent("close 4001 enough");
            connection.assertCalls("open", "close 4001 enough");
        }

        @Test
        void whatThePeerSaysMeanwhileIsDropped() {
            connection.session().close(ENOUGH);
            connection.receives(Wire.text("a"), Wire.ping("p"), Wire.pong(""), Wire.binary((byte) 1));
            connection.receives(Wire.text("b"), Wire.close(1000), Wire.text("c"));
            connection.assertSent("close 4001 enough");
            connection.assertCalls("open", "close 4001 enough");
        }

        @Test
        void aMessageCutByItDoesNotHideThePeersClose() {
            byte[] message = Wire.text("a message");
            connection.receives(Arrays.copyOf(message, 9));
            connection.session().close(ENOUGH);
            loop.settle();
            connection.receives(Arrays.copyOfRange(message, 9, message.length), Wire.close(4001));
            connection.assertCalls("open", "close 4001 enough");
        }

        @Test
        void nothingIsSentBehindIt() {
            connection.session().close(ENOUGH);
            connection.session().send("late");
            connection.session().close(CloseStatus.NORMAL);
            loop.settle();
            connection.assertSent("close 4001 enough");
        }

        @Test
        void aPeerThatNeverAnswersIsGivenUpAtTheDeadline() {
            connection.session().close(ENOUGH);
            loop.settle();
            connection.sweepAfter(BEFORE_THE_DEADLINE);
            assertThat(connection.transport.isClosed()).isFalse();
            connection.sweepAfter(TestConnection.CLOSE_TIMEOUT);
            connection.assertSent("close 4001 enough");
            connection.assertCalls("open", "close 1006");
            connection.assertClosed("ClosingTimedOut 1006");
        }

        @Test
        void aPeerThatReadsNothingIsGivenUpAtTheDeadline() {
            connection.peerStopsReading();
            connection.session().close(ENOUGH);
            loop.settle();
            connection.sweepAfter(TestConnection.CLOSE_TIMEOUT);
            connection.assertSent();
            connection.assertClosed("ClosingTimedOut 1006");
        }

        @Test
        void aPeerThatVanishesInsteadOfAnsweringIsAbnormal() {
            connection.session().close(ENOUGH);
            connection.peerFinishes();
            connection.assertCalls("open", "close 1006");
            connection.assertClosed("PeerVanished 1006");
        }

        @Test
        void aResetInsteadOfAnAnswerIsAbnormal() {
            connection.session().close(ENOUGH);
            loop.settle();
            connection.peerVanishesByReset();
            connection.assertCalls("open", "close 1006");
            connection.assertClosed("TransportFailed 1006");
        }

        @Test
        void aViolationInsteadOfAnAnswerIsAbnormalAndGetsNoSecondClose() {
            connection.session().close(ENOUGH);
            connection.receives(Wire.violation());
            connection.assertSent("close 4001 enough");
            connection.assertCalls("open", "close 1006");
            connection.assertLingers();
            connection.peerFinishes();
            connection.assertClosed("PeerViolated 1006");
        }
    }

    @Test
    void bothAtOnceIsEachTheAnswerToTheOther() {
        connection.peerStopsReading();
        connection.session().close(ENOUGH);
        connection.receives(Wire.close(4000, "bye"));
        connection.assertCalls("open", "close 4001 enough");
        connection.peerReads();
        connection.assertSent("close 4001 enough");
        connection.peerFinishes();
        connection.assertClosed("AppClosed 4001");
    }

    @Test
    void aPeersCloseInTheSameReadAsTheMessageThatMadeUsCloseIsSeen() {
        connection.endpoint.onText = (session, _) -> session.close(ENOUGH);
        connection.receives(Wire.text("a"), Wire.text("b"), Wire.close(1000));
        connection.assertSent("close 4001 enough");
        connection.assertCalls("open", "text a", "close 4001 enough");
        connection.assertLingers();
    }

    @Nested
    class Lingering {
        @BeforeEach
        void linger() {
            connection.receives(Wire.close(1000));
            connection.assertLingers();
        }

        @Test
        void whatStillArrivesIsThrownAway() {
            connection.receives(new byte[300_000]);
            connection.assertLingers();
            connection.assertCalls("open", "close 1000");
        }

        @Test
        void endsWithThePeersSide() {
            connection.peerFinishes();
            connection.assertClosed("PeerClosed 1000");
        }

        @Test
        void endsAtTheDeadline() {
            connection.sweepAfter(BEFORE_THE_DEADLINE);
            connection.assertLingers();
            connection.sweepAfter(TestConnection.CLOSE_TIMEOUT);
            connection.assertClosed("PeerClosed 1000");
        }

        @Test
        void endsWithAReset() {
            connection.peerVanishesByReset();
            connection.assertClosed("PeerClosed 1000");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1004, 1005, 1006, 1015, 2000, 2999})
    void aCodeThatMustNotBeSentIsRefused(int code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connection.session().close(new CloseStatus(code)));
        connection.assertOpen();
    }
}
