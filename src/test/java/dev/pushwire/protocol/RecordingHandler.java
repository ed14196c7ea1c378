package dev.pushwire.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns calls into values. It wants a given number of events, and nothing after a Close. */
final class RecordingHandler implements MessageHandler {
    private final List<Event> events = new ArrayList<>();
    private final List<Opcode> frames = new ArrayList<>();
    private int wanted = Integer.MAX_VALUE;
    private boolean closed;

    static RecordingHandler wanting(int events) {
        RecordingHandler handler = new RecordingHandler();
        handler.wanted = events;
        return handler;
    }

    void want(int events) {
        wanted = events;
    }

    List<Event> events() {
        return events;
    }

    List<Opcode> frames() {
        return frames;
    }

    @Override
    public void frame(Opcode opcode) {
        frames.add(opcode);
    }

    @Override
    public void text(ByteBuffer payload) {
        try { // this decoder, unlike the one of String, refuses what is not UTF-8
            add(new Event.Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(payload.duplicate())
                    .toString()));
        } catch (CharacterCodingException e) {
            throw new AssertionError("A text that is not UTF-8: " + Frames.hex(payload), e);
        }
    }

    @Override
    public void binary(ByteBuffer payload) {
        add(new Event.Binary(Frames.hex(payload)));
    }

    @Override
    public void ping(ByteBuffer payload) {
        add(new Event.Ping(Frames.hex(payload)));
    }

    @Override
    public void pong(ByteBuffer payload) {
        add(new Event.Pong(Frames.hex(payload)));
    }

    @Override
    public void close(CloseStatus status) {
        closed = true;
        add(new Event.Close(status.code(), status.reason()));
    }

    @Override
    public boolean wantsMore() {
        return !closed && wanted > 0;
    }

    private void add(Event event) {
        wanted--;
        events.add(event);
    }
}
