package dev.pushwire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Session;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.service.UnspeakableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code onOpen (onText | onBinary)* onClose}: in this order, and onClose once and last, whatever the endpoint does. */
class ConnectionCallbacksTest {
    private static final List<String> CALLBACKS = List.of("onOpen", "onText", "onBinary", "onClose");

    @AutoClose
    private final TestLoop loop = new TestLoop();

    static Stream<Arguments> everyExecutionAndCallback() {
        return Stream.of(Execution.values())
                .flatMap(execution -> CALLBACKS.stream().map(callback -> Arguments.of(execution, callback)));
    }

    /** A whole life: a text, a binary message, another text; then the peer closes. */
    private TestConnection live(TestConnection connection) {
        connection.open("", Wire.text("a"), Wire.binary((byte) 1), Wire.text("b"), Wire.close(4000));
        loop.passUntil(connection.endpoint::isTold);
        connection.peerFinishes();
        return connection;
    }

    /** The calls up to a callback, and then the last one. */
    private static String[] calls(String last, String close) {
        List<String> all = List.of("open", "text a", "binary 01", "text b");
        List<String> told = new ArrayList<>(all.subList(0, Math.min(CALLBACKS.indexOf(last) + 1, all.size())));
        told.add(close);
        return told.toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource
    void comeInTheOrderOfTheWire(Execution execution) {
        TestConnection connection = live(loop.connection(execution));
        connection.assertCalls("open", "text a", "binary 01", "text b", "close 4000");
        connection.assertClosed("PeerClosed 4000");
    }

    @ParameterizedTest
    @MethodSource("everyExecutionAndCallback")
    void thatThrowEndTheConnectionAndNothingButOnCloseFollows(Execution execution, String callback) {
        TestConnection connection = loop.connection(execution);
        connection.endpoint.in(callback, (_, _) -> {
            throw new PlannedException();
        });
        live(connection);
        if (callback.equals("onClose")) {
            connection.assertCalls("open", "text a", "binary 01", "text b", "close 4000");
            connection.assertSent("close 4000");
        } else if (execution == Execution.EVENT_LOOP) {
            connection.assertCalls(calls(callback, "close 1011 the endpoint failed"));
            connection.assertSent("close 1011 the endpoint failed");
        } else { // it ran behind the loop, which had the peer's Close already
            connection.assertCalls(calls(callback, "close 4000"));
            connection.assertSent("close 4000");
        }
    }

    @ParameterizedTest
    @MethodSource("everyExecutionAndCallback")
    void thatThrowAnErrorAreNoDifferent(Execution execution, String callback) {
        for (Error error : List.of(
                new OutOfMemoryError("as the test wants it"),
                new StackOverflowError("as the test wants it"),
                new NoClassDefFoundError("as/the/test/wants/It"))) {
            error.setStackTrace(new StackTraceElement[0]);
            assertEndsTheConnection(execution, callback, (_, _) -> {
                throw error;
            });
        }
    }

    @ParameterizedTest
    @MethodSource("everyExecutionAndCallback")
    void thatThrowWhatCannotBeLoggedAreNoDifferent(Execution execution, String callback) {
        assertEndsTheConnection(execution, callback, (_, _) -> {
            throw new UnspeakableException();
        });
    }

    private void assertEndsTheConnection(
            Execution execution, String callback, RecordingEndpoint.Callback<Object> failing) {
        TestConnection connection = loop.connection(execution);
        connection.endpoint.in(callback, failing);
        connection.open();
        connection.receives(Wire.text("a"), Wire.binary((byte) 1));
        if (callback.equals("onClose")) {
            connection.receives(Wire.close(1000));
        }
        loop.passUntil(connection.endpoint::isTold);
        connection.assertSent(callback.equals("onClose") ? "close 1000" : "close 1011 the endpoint failed");
    }

    /** A connection that its endpoint has closed in this callback, and then did something else. */
    private TestConnection closedIn(String callback, Execution execution, Consumer<Session> andThen) {
        TestConnection connection = loop.connection(execution);
        connection.endpoint.in(callback, (session, _) -> {
            session.close(new CloseStatus(4001, "enough"));
            andThen.accept(session);
        });
        connection.open();
        connection.receives(Wire.text("a"), Wire.binary((byte) 1));
        if (callback.equals("onClose")) {
            connection.receives(Wire.close(1000));
        }
        loop.passUntil(() -> !connection.sent().isEmpty());
        connection.receives(Wire.close(4001));
        loop.passUntil(connection.endpoint::isTold);
        return connection;
    }

    @ParameterizedTest
    @MethodSource("everyExecutionAndCallback")
    void mayCloseTheSession(Execution execution, String callback) {
        TestConnection connection = closedIn(callback, execution, session -> {
            session.send("late");
            session.close();
        });
        connection.peerFinishes();
        String ending = callback.equals("onClose") ? "PeerClosed 1000" : "AppClosed 4001";
        connection.assertSent(callback.equals("onClose") ? "close 1000" : "close 4001 enough");
        connection.assertClosed(ending);
    }

    @ParameterizedTest
    @MethodSource("everyExecutionAndCallback")
    void thatCloseAndThenThrowHaveClosed(Execution execution, String callback) {
        TestConnection connection = closedIn(callback, execution, _ -> {
            throw new PlannedException();
        });
        connection.assertSent(callback.equals("onClose") ? "close 1000" : "close 4001 enough");
        assertThat(connection.endpoint.calls().getLast())
                .isEqualTo(callback.equals("onClose") ? "close 1000" : "close 4001 enough");
    }

    @ParameterizedTest
    @EnumSource
    void mayEndOtherConnections(Execution execution) {
        TestConnection other = loop.connection(execution).open();
        TestConnection connection = loop.connection(execution);
        connection.endpoint.onText = (_, _) -> other.session().close();
        connection.open();
        connection.receives(Wire.text("a"));
        loop.passUntil(() -> !other.sent().isEmpty());
        other.assertSent("close 1000");
        other.peerFinishes();
        loop.passUntil(other.endpoint::isTold);
        other.assertClosed("PeerVanished 1006");
        connection.assertOpen();
    }

    @ParameterizedTest
    @EnumSource
    void seeTheSessionTheyBelongTo(Execution execution) {
        TestConnection connection = loop.connection(execution);
        List<Object> sessions = new CopyOnWriteArrayList<>();
        CALLBACKS.forEach(callback -> connection.endpoint.in(callback, (session, _) -> sessions.add(session)));
        live(connection);
        assertThat(sessions).hasSize(5).containsOnly(connection.session());
    }
}
