package dev.pushwire.socketio;

import dev.pushwire.broker.BrokerUnavailableException;
import dev.pushwire.endpoint.spi.AccessStatus;
import dev.pushwire.endpoint.spi.LeasedSession;
import dev.pushwire.engineio.CloseReason;
import dev.pushwire.json.JsonValue;
import dev.pushwire.push.Authenticated;
import dev.pushwire.push.ClientRefusal;
import dev.pushwire.push.ClientResult.Done;
import dev.pushwire.push.ClientResult.Refused;
import dev.pushwire.socketio.SocketIoListener.RecoveryResult;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Connects a client to a namespace: it checks the client's token, and asks the application. */
final class Connecting {
    private static final Logger log = LoggerFactory.getLogger(Connecting.class);
    private static final String TOKEN = "token";

    private final SocketIoServer server;
    private final TopicsNamespace topics;

    /** @param topics knows what else depends on a client's token */
    Connecting(SocketIoServer server, TopicsNamespace topics) {
        this.server = server;
        this.topics = topics;
    }

    /** Connects a client. If nothing has to be decided, the client is connected when the method returns. */
    void begin(Client client, ServerSocket socket, @Nullable String auth) {
        boolean takesTime = socket.handler().decides()
                || LeasedSession.of(client.connection()).lease().provisional()
                || ((server.settings().takesTokens() || socket.handler().recovers()) && auth != null);
        if (takesTime) {
            socket.mailbox().submit(0, () -> decide(client, socket, auth));
        } else {
            finish(client, socket, auth, null);
        }
    }

    private void decide(Client client, ServerSocket socket, @Nullable String auth) {
        try {
            connectOrRefuse(client, socket, auth);
        } catch (BrokerUnavailableException e) {
            unavailable(client, socket, e);
        } catch (Exception e) {
            log.warn(
                    "A client could not be connected to the Socket.IO namespace {}",
                    socket.handler().label(),
                    e);
            refuse(client, socket, SocketIoListener.Refusal.FAILED, "The connection was refused", null);
        } catch (Error e) {
            server.calls().met(e, socket);
        }
    }

    /** @throws Exception a failure of the application, or of Jackson with the data of a refusal */
    private void connectOrRefuse(Client client, ServerSocket socket, @Nullable String auth) throws Exception {
        try {
            if (authenticate(client, socket, auth)) {
                Replay replay = replay(socket, auth);
                try {
                    if (replay != null) {
                        socket.restore(replay.snapshot());
                    }
                    socket.handler().beforeConnect(socket, auth, client.handshake());
                    finish(client, socket, auth, replay);
                } finally {
                    if (replay != null && !socket.isConnected()) {
                        server.recovery().sessions().left(replay.snapshot().pid(), socket);
                    }
                }
            }
        } catch (ConnectRefusedException e) {
            Object data = e.data();
            String json = data == null ? null : server.codec().json(data);
            refuse(client, socket, SocketIoListener.Refusal.REFUSED, String.valueOf(e.getMessage()), json);
        } catch (PacketException e) {
            refuse(client, socket, SocketIoListener.Refusal.REFUSED, "The auth is not what this namespace takes", null);
        }
    }

    /** The replay for a client that comes back; null for a client that begins anew. */
    private @Nullable Replay replay(ServerSocket socket, @Nullable String auth) {
        Recovery.Claim claim = socket.handler().recovers() ? server.recovery().claim(auth) : null;
        return claim == null ? null : server.recovery().take(claim, socket);
    }

    private void finish(Client client, ServerSocket socket, @Nullable String auth, @Nullable Replay replay) {
        OpenNamespace namespace;
        try {
            namespace = server.namespaces().enter(socket.namespace(), socket.handler());
        } catch (BrokerUnavailableException e) {
            unavailable(client, socket, e);
            return;
        }
        boolean connected = false;
        try {
            connected = replay == null ? connect(socket, namespace) : recover(client, socket, namespace, replay);
        } catch (BrokerUnavailableException e) {
            unavailable(client, socket, e);
        } finally {
            if (!connected) {
                leave(namespace, replay);
            }
        }
        if (connected) {
            client.joined();
            server.calls().connected(client, socket, auth);
        }
    }

    /** The client did not get so far. If it was lost while it was sent what it missed, it may come back once more. */
    private void leave(OpenNamespace namespace, @Nullable Replay replay) {
        if (replay == null || replay.disconnected() != null) {
            server.namespaces().leave(namespace);
        } else {
            server.recovery().sessions().keep(replay.snapshot(), namespace);
        }
    }

    private boolean connect(ServerSocket socket, OpenNamespace namespace) {
        return socket.handler().recovers()
                ? SocketRecovery.connect(socket, namespace, server, null)
                : socket.connect(namespace);
    }

    private boolean recover(Client client, ServerSocket socket, OpenNamespace namespace, Replay replay) {
        AtomicBoolean connected = new AtomicBoolean();
        boolean whole = replay.run(socket, namespace.namespace(), () -> {
            if (replay.disconnected() == null) {
                connected.set(SocketRecovery.connect(socket, namespace, server, replay));
            }
        });
        if (!whole) {
            client.engine().close(CloseReason.FORCED_SERVER_CLOSE);
        } else if (connected.get()) {
            server.listener().returned(socket.handler().label(), RecoveryResult.RECOVERED);
        } else {
            disconnect(client, socket, replay);
        }
        return connected.get();
    }

    /** The application has disconnected the socket while its client was away. */
    private static void disconnect(Client client, ServerSocket socket, Replay replay) {
        client.remove(socket);
        socket.send(Outgoing.of(PacketWriter.disconnect(socket.namespace())));
        Directive.Disconnect disconnect = replay.disconnected();
        if (disconnect != null && disconnect.close()) {
            client.disconnectAll();
        }
    }

    /** Ends the connection, since clients come back by themselves only after that. */
    private void unavailable(Client client, ServerSocket socket, BrokerUnavailableException cause) {
        log.debug("A client cannot connect to {} now", socket.namespace(), cause);
        server.listener().refused(socket.handler().label(), SocketIoListener.Refusal.UNAVAILABLE);
        client.engine().close(CloseReason.FORCED_SERVER_CLOSE);
    }

    private void refuse(
            Client client,
            ServerSocket socket,
            SocketIoListener.Refusal refusal,
            String message,
            @Nullable String data) {
        client.remove(socket);
        server.listener().refused(socket.handler().label(), refusal);
        String error =
                "{\"message\":" + new JsonValue(true, message).json() + (data == null ? "" : ",\"data\":" + data) + "}";
        socket.send(Outgoing.of(PacketWriter.connectError(socket.namespace(), error)));
    }

    /** @return whether the client may continue; if not, it has been told */
    private boolean authenticate(Client client, ServerSocket socket, @Nullable String auth) {
        if (!server.settings().takesTokens()) {
            return true;
        }
        LeasedSession session = LeasedSession.of(client.connection());
        String token = token(auth);
        synchronized (client.tokens()) { // tokens of one connection are looked at one after the other
            boolean provisional = session.lease().provisional();
            if (token == null) {
                if (provisional) {
                    unauthenticated(client, socket, "unauthenticated", "This server needs a token: auth.token.");
                }
                return !provisional;
            }
            return switch (topics.authenticate(client, token)) {
                case Done<Authenticated> _ -> true;
                case Refused<Authenticated>(ClientRefusal refusal, String reason) -> {
                    unauthenticated(client, socket, TopicsJson.code(refusal), reason);
                    if (provisional && refusal == ClientRefusal.INVALID_TOKEN) {
                        session.close(AccessStatus.BAD_TOKEN);
                    }
                    yield false;
                }
            };
        }
    }

    private void unauthenticated(Client client, ServerSocket socket, String code, String reason) {
        refuse(client, socket, SocketIoListener.Refusal.UNAUTHENTICATED, reason, "{\"code\":\"" + code + "\"}");
    }

    private static @Nullable String token(@Nullable String auth) {
        if (auth == null) {
            return null;
        }
        JsonNode token = JsonMapper.shared().readTree(auth).path(TOKEN);
        return token.isString() ? token.stringValue() : null;
    }
}
