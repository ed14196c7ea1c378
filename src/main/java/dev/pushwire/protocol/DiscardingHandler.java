package dev.pushwire.protocol;

import java.nio.ByteBuffer;

/** Takes everything and keeps nothing, for those to whom only some of what is read matters. */
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
