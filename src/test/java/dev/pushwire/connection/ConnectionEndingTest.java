package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.protocol.CloseStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of endings, in the shape that it has in {@link Ending#plan}, seen from both ends of the connection. */
class ConnectionEndingTest {
    private static final String WAITS = "text waits";

    @AutoClose
    private final TestLoop loop = new TestLoop();

    private final TestConnection connection = loop.connection().open();

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, nullValues = "nothing", textBlock = """
            ENDING          | TO THE PEER                               | AWAITS | OVERTAKES | TO THE ENDPOINT
            PeerClosed      | close 4000 bye                            | false  | false     | 4000 bye
            AppClosed       | close 4001 enough                         | true   | false     | 4001 enough
            PeerViolated    | close 1002 a reserved opcode              | false  | false     | 1002 a reserved opcode
            AppFailed       | close 1011 the endpoint failed            | false  | false     | 1011 the endpoint failed
            Backlogged      | close 1013 reads too slowly; retry in 1 s               | false  | true      | 1013 reads too slowly; retry in 1 s
            WentQuiet       | close 1001 no sign of life                | false  | true      | 1001 no sign of life
            IdledOut        | close 1001 idle for too long              | false  | true      | 1001 idle for too long
            ServerStopping  | close 1001 the server is about to stop    | true   | false     | 1001 the server is about to stop
            AccessEnded     | close 4403 over                           | true   | true      | 4403 over
            TooManyMessages | close 4429 too many messages per second; retry in 1 s   | false  | false     | 4429 too many messages per second; retry in 1 s
            LifetimeOver    | close 1012 please connect again           | true   | false     | 1012 please connect again
            PeerVanished    | nothing                                   | false  | true      | 1006
            TransportFailed | nothing                                   | false  | true      | 1006
            ClosingTimedOut | nothing                                   | false  | true      | 1006
            """)
    void ofAnOpenConnection(String ending, String toPeer, boolean awaits, boolean overtakes, String toEndpoint) {
        connection.peerStopsReading();
        connection.session().send("waits");
        loop.settle();
        connection.ends(Endings.named(ending));

        assertThat(connection.session().isOpen()).isFalse();
        assertThat(connection.endpoint.isTold()).isEqualTo(!awaits);
        if (awaits) {
            connection.receives(Wire.close(1000));
        }
        connection.assertCalls("open", "close " + toEndpoint);

        connection.peerReads();
        List<String> toPeerInOrder = new ArrayList<>(overtakes ? List.of() : List.of(WAITS));
        if (toPeer != null) {
            toPeerInOrder.add(toPeer);
            connection.assertLingers();
        }
        assertThat(connection.sent()).isEqualTo(toPeerInOrder);

        connection.peerFinishes();
        connection.assertClosed(ending + " " + toEndpoint.substring(0, 4));
    }

    /** How far the end of a connection has come. */
    enum Stage {
        /** Our Close is sent, the peer's is awaited. */
        AWAITING("AppClosed", "4001 enough"),
        /** The endpoint has been told, our Close still waits for the socket. */
        CLOSING("PeerClosed", "4000 bye"),
        /** All is sent and our side is shut. */
        LINGERING("PeerViolated", "1002 a reserved opcode");

        private final String first;
        private final String told;

        Stage(String first, String told) {
            this.first = first;
            this.told = told;
        }
    }

    static Stream<Arguments> everyStageAndSecondEnding() {
        return Arrays.stream(Stage.values())
                .flatMap(stage -> Stream.of(Ending.class.getPermittedSubclasses())
                        .map(second -> Arguments.of(stage, second.getSimpleName())));
    }

    /**
     * Only the end of the transport, the deadline and a violation make a difference by then, and what the endpoint was told
     * is never taken back.
     */
    @ParameterizedTest
    @MethodSource("everyStageAndSecondEnding")
    void ofAConnectionThatIsEnding(Stage stage, String second) {
        if (stage == Stage.CLOSING) {
            connection.peerStopsReading();
        }
        connection.ends(Endings.named(stage.first));
        connection.ends(Endings.named(second));

        boolean endsTransport =
                List.of("PeerVanished", "TransportFailed", "ClosingTimedOut").contains(second);
        boolean decides = stage == Stage.AWAITING && (endsTransport || second.equals("PeerViolated"));
        assertThat(connection.transport.isClosed()).isEqualTo(endsTransport);
        assertThat(connection.endpoint.isTold()).isEqualTo(stage != Stage.AWAITING || decides);

        if (!endsTransport) {
            connection.receives(Wire.close(1000)); // too late for all but the one who awaits it
            connection.peerReads();
            connection.peerFinishes();
        }
        String told = decides ? "1006" : stage.told;
        connection.assertCalls("open", "close " + told);
        connection.assertClosed((decides ? second : stage.first) + " " + told.substring(0, 4));
        assertThat(connection.sent()).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("everyEnding")
    void ofAConnectionThatIsClosedChangesNothing(String second) {
        connection.peerVanishesByReset();
        connection.receives(Wire.text("unheard"));
        connection.peerFinishes();
        connection.ends(Endings.named("TransportFailed"));
        connection.ends(Endings.named(second));
        connection.assertCalls("open", "close 1006");
        connection.assertClosed("TransportFailed 1006");
    }

    static Stream<String> everyEnding() {
        return Stream.of(Ending.class.getPermittedSubclasses()).map(Class::getSimpleName);
    }

    @Test
    void theFirstOfTwoAtOnceCounts() {
        connection.connection().end(Endings.named("WentQuiet"));
        connection.connection().end(Endings.named("AppClosed"));
        loop.settle();
        connection.assertSent("close 1001 no sign of life");
        connection.assertCalls("open", "close 1001 no sign of life");
    }

    @Test
    void fromAnotherThreadTakesItsTurnOnTheLoop() throws InterruptedException {
        Thread other = Thread.ofVirtual().start(() -> {
            connection.session().send("first");
            connection.session().close(CloseStatus.NORMAL);
            connection.session().send("late");
        });
        other.join();
        connection.assertOpen();
        loop.settle();
        connection.assertSent("text first", "close 1000");
    }

    @Test
    void anOvertakingCloseStillCompletesTheFrameThatIsHalfSent() {
        connection.transport.takes(3);
        connection.session().send("half");
        connection.session().send("dropped");
        loop.settle();
        connection.ends(Endings.named("Backlogged"));
        connection.peerReads();
        connection.assertSent("text half", "close 1013 reads too slowly; retry in 1 s");
    }

    @ParameterizedTest
    @CsvSource({"true, PeerVanished", "false, TransportFailed"})
    void withoutAWordFromThePeer(boolean orderly, String ending) {
        if (orderly) {
            connection.peerFinishes();
        } else {
            connection.peerVanishesByReset();
        }
        connection.assertSent();
        connection.assertCalls("open", "close 1006");
        connection.assertClosed(ending + " 1006");
    }

    @Test
    void byAWriteThatFails() {
        connection.transport.breaks();
        connection.session().send("into the void");
        loop.settle();
        connection.assertClosed("TransportFailed 1006");
    }

    @Test
    void byAReplyThatCannotBeWritten() {
        connection.endpoint.onText = (session, text) -> {
            connection.transport.breaks();
            session.send(text);
            session.send("and more");
        };
        connection.receives(Wire.text("a"), Wire.text("b"));
        connection.assertClosed("TransportFailed 1006");
    }

    @Test
    void byAViolationLeavesWhatCameBeforeInPlace() {
        connection.endpoint.echo();
        connection.receives(Wire.text("a"), Wire.violation(), Wire.text("b"));
        connection.assertSent("text a", "close 1002 a reserved opcode");
        connection.assertCalls("open", "text a", "close 1002 a reserved opcode");
        connection.assertLingers();
    }

    @Test
    void byAnErrorOfTheEngineConcernsThisConnectionAlone() {
        TestConnection other = loop.connection().open();
        connection.connection().fail(new PlannedException());
        loop.settle();
        connection.assertClosed("TransportFailed 1006");
        other.receives(Wire.text("still here"));
        other.assertCalls("open", "text still here");
    }
}
