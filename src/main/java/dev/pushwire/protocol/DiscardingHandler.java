package dev.pushwire.protocol;

import java.nio.ByteBuffer;

/** A handler that does nothing with any event: the base of handlers that need only some of them. */
public class DiscardingHandler implements MessageHandler {
    @Override
    public void frame(Opcode opcode) {}

    @Override
    public void text(ByteBuffer payload) {}

    @Override
    public void binary(ByteBuffer payload) {}

    @Override
    public void ping(ByteBuffer payload) {}

    @Override
    public void pong(ByteBuffer payload) {}

    @Override
    public void close(CloseStatus status) {}

    @Override
    public boolean wantsMore() {
        return true;
    }
}
