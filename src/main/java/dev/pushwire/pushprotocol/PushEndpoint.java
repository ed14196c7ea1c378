package dev.pushwire.pushprotocol;

import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.RateLimit;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.Text;
import dev.pushwire.endpoint.spi.AccessStatus;
import dev.pushwire.endpoint.spi.AsyncEndpoint;
import dev.pushwire.endpoint.spi.Limit;
import dev.pushwire.endpoint.spi.LimitListener;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.ClientSession;
import dev.pushwire.push.ClientSessions;
import dev.pushwire.push.PushClose;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of {@code /push}: many topics over one connection. It runs on virtual threads, since most commands may
 * wait for the broker. Only a command to publish needs no thread. What is published to the client's topics does not
 * pass through the endpoint: it goes from the hub to the event loops.
 */
@EndpointMapping(
        value = "/push",
        subprotocols = PushEndpoint.SUBPROTOCOL,
        authenticatesLate = true,
        rateLimit = RateLimit.LINES)
public final class PushEndpoint implements AsyncEndpoint {
    /** Version 1 of the protocol. */
    public static final String SUBPROTOCOL = "pushwire.v1.json";

    /**
     * How many malformed commands may come in a row. A client under development makes some mistakes; a client that
     * makes only mistakes does not speak this protocol.
     */
    private static final int MOST_MALFORMED = 16;

    private final ClientSessions clients;
    private final CommandHandler commands;
    private final LimitListener listener;

    /**
     * @param limits the limits as clients see them
     * @param listener is told of clients that reach a limit
     */
    public PushEndpoint(ClientSessions clients, ProtocolLimits limits, LimitListener listener) {
        this.clients = clients;
        this.commands = new CommandHandler(limits);
        this.listener = listener;
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        ClientSession client = clients.open(session, JsonFormat.INSTANCE);
        Client.create(session, client);
        Replies replies = new Replies(session);
        CommandHandler.subscribeByServer(client, replies);
        replies.flush();
    }

    @Override
    public @Nullable CompletableFuture<Void> onTextAsync(Session session, Text text) {
        Client client = Client.of(session);
        Command.Publish command = client.session().publishesAsync() ? AsyncPublishing.read(text) : null;
        return command == null ? null : AsyncPublishing.begin(client, command, new Replies(session));
    }

    @Override
    public void onText(Session session, Text text) {
        Replies replies = new Replies(session);
        String lines = text.toString();
        int from = 0; // line by line: all of them at once would take far more memory than the message
        while (from < lines.length() && session.isOpen()) {
            int end = lines.indexOf('\n', from);
            String line = lines.substring(from, end < 0 ? lines.length() : end);
            if (!line.isBlank()) {
                run(session, line, replies);
            }
            from += line.length() + 1;
        }
        replies.flush();
    }

    @Override
    public void onBinary(Session session, ByteBuffer data) {
        Replies replies = new Replies(session);
        refuse(session, new CommandException(null, ErrorCode.MALFORMED), replies);
        replies.flush();
    }

    private void run(Session session, String line, Replies replies) {
        try {
            Command command = CommandReader.read(line);
            Client.of(session).wellFormed();
            commands.handle(Client.of(session).session(), command, replies);
        } catch (CommandException e) {
            if (e.code() != ErrorCode.MALFORMED) {
                Client.of(session).wellFormed(); // it could be read, though it says something that cannot be done
            }
            refuse(session, e, replies);
        }
    }

    private void refuse(Session session, CommandException refusal, Replies replies) {
        replies.add(Json.error(refusal.id(), refusal.code(), refusal.sentence()));
        switch (refusal.code()) {
            case MALFORMED -> {
                if (Client.of(session).malformed() >= MOST_MALFORMED) {
                    replies.flush();
                    session.close(PushClose.BAD_COMMANDS.status());
                }
            }
            case INVALID_TOKEN -> {
                if (Client.of(session).session().isProvisional()) {
                    replies.flush();
                    session.close(AccessStatus.BAD_TOKEN);
                }
            }
            case TOPIC_TOO_LONG -> listener.exceeded(Limit.TOPIC_NAME_LENGTH);
            default -> {}
        }
    }

    @Override
    public void onClose(Session session, CloseStatus status) {
        Client.of(session).session().close(status);
    }
}
