package dev.pushwire.connection;

import dev.pushwire.connection.Ending.ClosingTimedOut;
import dev.pushwire.connection.Ending.PeerClosed;
import dev.pushwire.connection.Ending.PeerVanished;
import dev.pushwire.connection.Ending.Plan;
import dev.pushwire.connection.Ending.TransportFailed;
import dev.pushwire.protocol.CloseStatus;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection, from its first {@link Ending} through the {@link Phase}s to the closed socket. Belongs to
 * the thread of the event loop.
 */
final class Closing {
    private final Connection connection;
    private @Nullable Ending ending;
    private @Nullable CloseStatus told; // the status that the endpoint was told
    private boolean inputEnded;
    private long deadline; // once our Close is out

    Closing(Connection connection) {
        this.connection = connection;
    }

    /** The peer will send no more. */
    void inputEnded() {
        inputEnded = true;
        switch (connection.phase()) {
            case OPEN, CLOSING -> end(new PeerVanished());
            case FINISHING -> {} // the peer may still read: the socket is closed once everything is sent
            case LINGERING -> close();
            case CLOSED -> {}
        }
    }

    /** The peer's Close is here. */
    void peerClosed(CloseStatus status) {
        switch (connection.phase()) {
            case OPEN -> end(new PeerClosed(status));
            case CLOSING -> tell(Objects.requireNonNull(ending).plan().toEndpoint());
            case FINISHING, LINGERING, CLOSED -> {}
        }
    }

    /** Looks at the deadline of a connection that is no longer open. */
    void sweep(long now) {
        if (now - deadline >= 0) {
            end(new ClosingTimedOut());
        }
    }

    /** See {@link Connection#end}. */
    void end(Ending how) {
        try {
            switch (connection.phase()) {
                case OPEN -> begin(how);
                case CLOSING -> endAnew(how);
                case FINISHING, LINGERING -> goOn(how);
                case CLOSED -> {}
            }
        } catch (Throwable t) {
            giveUp(t);
        }
    }

    private void begin(Ending how) {
        Plan plan = how.plan();
        connection.session().quitAll(plan.toPeer() != null && !plan.overtakes());
        if (!connection.isOpen()) {
            return; // the messages of its groups have ended it meanwhile
        }
        ending = how;
        follow(plan);
        EndingLog.ends(connection, how, plan); // last, since without memory even logging may fail
    }

    private void follow(Plan plan) {
        connection.enter(Phase.CLOSING); // first: a listener on another thread may look at it
        CloseStatus toPeer = plan.toPeer();
        if (toPeer == null) {
            tell(plan.toEndpoint());
            close();
            return;
        }
        deadline = connection.loop().now()
                + connection.binding().limits().closeTimeout().toNanos();
        connection.out().close(toPeer, plan.overtakes());
        if (!plan.awaitsPeer() || !connection.in().awaitClose()) {
            tell(plan.toEndpoint());
        }
    }

    /**
     * Handles another ending while the peer's Close is awaited. An ending that does not keep the Close from coming is
     * ignored.
     */
    private void endAnew(Ending how) {
        switch (how) {
            case Ending.PeerViolated _ -> {
                ending = how;
                tell(CloseStatus.ABNORMAL);
            }
            case ClosingTimedOut _, PeerVanished _, TransportFailed _ -> {
                ending = how;
                EndingLog.ends(connection, how, how.plan());
                tell(CloseStatus.ABNORMAL);
                close();
            }
            default -> goOn(how);
        }
    }

    /** Handles another ending in a later phase. Only the end of the transport matters now. */
    private void goOn(Ending how) {
        switch (how) {
            case ClosingTimedOut _, PeerVanished _, TransportFailed _ -> close();
            case Ending.AppFailed(Throwable cause) -> EndingLog.endpointFailed(connection, cause);
            default -> {}
        }
    }

    /** Tells the endpoint once how the connection ended. Nothing that arrives from now on matters. */
    private void tell(CloseStatus status) {
        connection.in().discard();
        connection.delivery().close(status);
        told = status;
        connection.enter(Phase.FINISHING);
    }

    /** Everything is sent: shuts our side of the TCP connection (7.1.1), and then awaits the end of the peer's. */
    void finish() {
        connection.enter(Phase.LINGERING);
        try {
            connection.transport().finishOutput();
        } catch (IOException e) {
            inputEnded = true; // the peer has reset the connection
        }
        if (inputEnded) {
            close();
        }
    }

    private void close() {
        if (connection.phase() == Phase.CLOSED) {
            return;
        }
        connection.enter(Phase.CLOSED);
        try {
            connection.transport().close();
        } finally {
            try {
                connection.leaveLoop();
            } finally {
                ConnectionAccount.close(connection, ending, told);
            }
        }
    }

    /** An ending has failed: does the rest of it, as far as possible. */
    void giveUp(Throwable cause) {
        try {
            switch (connection.phase()) {
                case OPEN, CLOSING -> tell(CloseStatus.ABNORMAL);
                case FINISHING, LINGERING, CLOSED -> {}
            }
        } catch (Throwable t) {
            EndingLog.engineFailed(connection, t);
        }
        try {
            close();
        } catch (Throwable t) {
            EndingLog.engineFailed(connection, t);
        }
        EndingLog.engineFailed(connection, cause);
    }
}
