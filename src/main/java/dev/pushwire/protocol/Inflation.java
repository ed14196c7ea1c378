package dev.pushwire.protocol;

import java.nio.ByteBuffer;

/** Decompresses the payloads of messages for a {@link MessageReader}. */
public interface Inflation {
    /**
     * Decompresses one message.
     *
     * @param compressed from position to limit; not consumed
     * @param limit the most bytes that the message may have
     * @return from position to limit; valid until the next call
     * @throws ProtocolException 1009 if it has more than {@code limit} bytes; 1007 if it is not a deflate stream
     */
    ByteBuffer inflate(ByteBuffer compressed, int limit);
}
