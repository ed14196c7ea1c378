package dev.pushwire.demo;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.EndpointMapping;
import dev.pushwire.endpoint.Execution;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.SessionGroup;
import dev.pushwire.endpoint.Text;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.push.SessionGroups;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Chat rooms, in which each message goes to every member, the sender included. {@code /chat} itself is a room, the
 * lobby.
 */
@EndpointMapping(
        value = {"/chat", "/chat/{room}"},
        subprotocols = {"chat", "superchat"},
        execution = Execution.EVENT_LOOP)
public final class ChatEndpoint implements Endpoint {
    /** The name of the lobby. No room has it, since a path variable is never empty. */
    private static final String LOBBY = "";

    /** The attribute for a session's room, which saves a search among all rooms for each message. */
    private static final String ROOM = "room";

    private final SessionGroups rooms;

    public ChatEndpoint(SessionGroup.Factory groups) {
        this.rooms = new SessionGroups(groups);
    }

    @Override
    public void onOpen(Session session, Handshake handshake) {
        session.attributes().put(ROOM, rooms.join(roomName(session), session));
    }

    @Override
    public void onText(Session session, Text text) {
        room(session).send(OutboundMessage.text(text));
    }

    @Override
    public void onBinary(Session session, ByteBuffer data) {
        room(session).send(OutboundMessage.binary(data));
    }

    @Override
    public void onClose(Session session, CloseStatus status) {
        rooms.leave(roomName(session), session);
    }

    private static String roomName(Session session) {
        return session.pathVariables().getOrDefault("room", LOBBY);
    }

    private static SessionGroup room(Session session) {
        return (SessionGroup) Objects.requireNonNull(session.attributes().get(ROOM), "joined in onOpen");
    }
}
