package dev.pushwire.transport;

import dev.pushwire.protocol.Opcode;
import dev.pushwire.service.ClientFrames;
import dev.pushwire.service.RawClient;
import dev.pushwire.service.ServerFrame;

/** Answers pings, as every client must. */
public final class Pongs {
    private Pongs() {}

    /** The next frame that is no ping; pings before it are answered. */
    public static ServerFrame next(RawClient client) {
        ServerFrame frame = client.readFrame();
        while (frame.opcode() == Opcode.PING) {
            client.send(ClientFrames.pong(frame.text()));
            frame = client.readFrame();
        }
        return frame;
    }
}
