package dev.pushwire.connection;

import dev.pushwire.endpoint.Endpoint;
import dev.pushwire.endpoint.Handshake;
import dev.pushwire.protocol.CloseStatus;
import java.nio.ByteBuffer;

/** Calls the endpoint right on the event loop. */
final class LoopInvoker implements EndpointInvoker {
    private final Connection connection;

    LoopInvoker(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void open(Handshake handshake) {
        try {
            endpoint().onOpen(connection.session(), handshake);
        } catch (Throwable t) {
            connection.end(new Ending.AppFailed(t));
        }
    }

    @Override
    public void text(ByteBuffer payload) {
        ReceivedText text = connection.loop().buffers().text();
        text.show(payload);
        try {
            endpoint().onText(connection.session(), text);
        } catch (Throwable t) {
            connection.end(new Ending.AppFailed(t));
        } finally {
            text.show(null);
        }
    }

    @Override
    public void binary(ByteBuffer payload) {
        try {
            endpoint()
                    .onBinary(connection.session(), connection.loop().buffers().readOnly(payload));
        } catch (Throwable t) {
            connection.end(new Ending.AppFailed(t));
        }
    }

    @Override
    public void behindCalls(Runnable what) {
        what.run();
    }

    /** Closes in a task of its own, since a connection may end in the middle of a callback, its own or another's. */
    @Override
    public void close(CloseStatus status) {
        connection.loop().execute(() -> {
            try {
                endpoint().onClose(connection.session(), status);
            } catch (Throwable t) {
                EndingLog.endpointFailed(connection, t);
            }
        });
    }

    @Override
    public boolean keepsUp() {
        return true;
    }

    @Override
    public long memory() {
        return 0;
    }

    private Endpoint endpoint() {
        return connection.binding().endpoint();
    }
}
