package dev.pushwire.protocol;

import java.nio.ByteBuffer;

/** Turns the payload of a compressed message back into what it was; what a {@link MessageReader} calls. */
public interface Inflation {
    /**
     * Decompresses one message.
     *
     * @param compressed from position to limit; not consumed
     * @param limit the most bytes the message may have
     * @return from position to limit; valid until the next call
     * @throws ProtocolException 1009 when it has more than {@code limit} bytes; 1007 when it is no deflate stream
     */
    ByteBuffer inflate(ByteBuffer compressed, int limit);
}
