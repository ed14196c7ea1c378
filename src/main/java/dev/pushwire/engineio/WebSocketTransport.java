package dev.pushwire.engineio;

import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.protocol.CloseStatus;

/** One WebSocket connection. */
record WebSocketTransport(Session connection) implements EngineTransport {
    @Override
    public void send(OutboundMessage message) {
        connection.send(message);
    }

    @Override
    public void sendUnpaced(OutboundMessage message) {
        connection.sendUnpaced(message);
    }

    @Override
    public boolean offer(OutboundMessage message) {
        return connection.offer(message);
    }

    @Override
    public void close(CloseReason reason) {
        connection.close(status(reason));
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    /** The reference implementation sends no code; ours repeat those that other endpoints close with. */
    private static CloseStatus status(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_CLOSE, PING_TIMEOUT, FORCED_SERVER_CLOSE -> CloseStatus.NORMAL;
            case TRANSPORT_ERROR, PARSE_ERROR, FORCED_CLOSE -> new CloseStatus(4400, "that is no Socket.IO");
        };
    }
}
