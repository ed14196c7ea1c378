package dev.pushwire.connection;

import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.DiscardingHandler;
import dev.pushwire.protocol.MessageReader;
import dev.pushwire.protocol.ProtocolException;
import java.nio.ByteBuffer;

/** One ending of each kind, by its name. */
final class Endings {
    private Endings() {}

    static Ending named(String name) {
        return switch (name) {
            case "PeerClosed" -> new Ending.PeerClosed(new CloseStatus(4000, "bye"));
            case "AppClosed" -> new Ending.AppClosed(new CloseStatus(4001, "enough"));
            case "PeerViolated" -> new Ending.PeerViolated(violation());
            case "AppFailed" -> new Ending.AppFailed(new PlannedException());
            case "Backlogged" -> new Ending.Backlogged(1_000_000);
            case "ShortOfMemory" -> new Ending.ShortOfMemory(1_000_000);
            case "WentQuiet" -> new Ending.WentQuiet();
            case "IdledOut" -> new Ending.IdledOut();
            case "AccessEnded" -> new Ending.AccessEnded(new CloseStatus(4403, "over"));
            case "TooManyMessages" -> new Ending.TooManyMessages();
            case "ServerStopping" -> new Ending.ServerStopping();
            case "LifetimeOver" -> new Ending.LifetimeOver();
            case "SessionMoved" -> new Ending.SessionMoved();
            case "PeerVanished" -> new Ending.PeerVanished();
            case "TransportFailed" -> new Ending.TransportFailed(new PlannedException());
            case "ClosingTimedOut" -> new Ending.ClosingTimedOut();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static ProtocolException violation() {
        try {
            new MessageReader(TestConnection.LIMITS.messages(), null)
                    .read(ByteBuffer.wrap(Wire.violation()), new DiscardingHandler());
        } catch (ProtocolException e) {
            return e;
        }
        throw new AssertionError("This should break a rule");
    }
}
