package dev.pushwire.engineio;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.endpoint.Session;
import dev.pushwire.endpoint.spi.MovableSession;
import dev.pushwire.polling.SessionAnswer.Batch;
import java.time.Duration;

/**
 * A WebSocket that wants to carry a polled session. It sends {@code 2probe}, gets {@code 3probe}, and sends {@code 5},
 * with which the session moves here. Anything else, or too much time, ends the WebSocket, and polling goes on.
 */
final class Upgrading implements Candidate {
    static final String PROBE = "2probe";
    static final String UPGRADE = "5";
    static final OutboundMessage PROBED = OutboundMessage.text("3probe");

    private final EngineSession session;
    private final Polling polling;
    private final Session webSocket;
    private final Heartbeat heartbeat;
    private final long since = System.nanoTime();

    /** @param heartbeat for the WebSocket, once it carries the session */
    Upgrading(EngineSession session, Polling polling, Session webSocket, Heartbeat heartbeat) {
        this.session = session;
        this.polling = polling;
        this.webSocket = webSocket;
        this.heartbeat = heartbeat;
    }

    /**
     * A text message before the WebSocket carries the session. May wait until what came by polling has been handled.
     */
    void receive(String message) {
        if (message.equals(PROBE) && polling.probed(this)) {
            webSocket.send(PROBED);
        } else if (message.equals(UPGRADE) && polling.upgrade(this)) {
            move();
        } else {
            fail();
        }
    }

    private void move() {
        boolean moved = MovableSession.of(session.connection())
                .moveTo(MovableSession.of(webSocket))
                .join();
        if (moved) {
            session.connection().heartbeat(heartbeat);
        } else {
            session.close(CloseReason.TRANSPORT_CLOSE);
            sayLast();
        }
    }

    /** The session has ended meanwhile. Sends the client what still waits for it, and why the session ended. */
    private void sayLast() {
        boolean more = true;
        while (more && polling.collect(Duration.ofNanos(PATIENCE)).join() instanceof Batch(byte[] packets)) {
            more = packets.length > 0 && PacketSender.sendAll(packets, webSocket);
        }
        webSocket.close();
    }

    @Override
    public void sweep(long now) {
        if (now - since >= PATIENCE) {
            fail();
        }
    }

    /** The WebSocket has ended. Does nothing once the session has moved. */
    void closed() {
        polling.giveUp(this);
    }

    @Override
    public void fail() {
        polling.giveUp(this);
        webSocket.close();
    }
}
