package dev.pushwire.protocol;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Valid messages in random fragments with control frames between them, compressed or not, and the events that must come
 * of them.
 */
final class RandomSession {
    private static final int[] ENDS_OF_CODE_POINTS = {0x80, 0x800, 0xD800, 0x11_0000};

    private final Random random;
    private final @Nullable ClientDeflater deflater;
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final List<Event> events = new ArrayList<>();

    RandomSession(Random random, NegotiatedDeflate deflate) {
        this.random = random;
        this.deflater = deflate == NegotiatedDeflate.NONE
                ? null
                : ClientDeflater.random(random, deflate == NegotiatedDeflate.TAKEOVER);
        int messages = 1 + random.nextInt(5);
        for (int i = 0; i < messages; i++) {
            addMessage();
        }
        if (random.nextBoolean()) {
            add(0x88, Frames.hex("0fa1 627965"));
            events.add(new Event.Close(4001, "bye"));
        }
    }

    byte[] wire() {
        return wire.toByteArray();
    }

    Event[] events() {
        return events.toArray(Event[]::new);
    }

    private void addMessage() {
        boolean isText = random.nextBoolean();
        String text = randomText(randomLength());
        byte[] message = isText ? Frames.utf8(text) : Seeds.bytes(random, randomLength());
        boolean compressed = deflater != null && random.nextInt(4) > 0;
        byte[] payload = compressed ? deflater.next(message, random) : message;
        int[] cuts = random.nextBoolean() ? new int[0] : Splits.random(payload.length, random);
        for (int i = 0; i <= cuts.length; i++) {
            int from = i == 0 ? 0 : cuts[i - 1];
            int to = i == cuts.length ? payload.length : cuts[i];
            int opcode = i > 0 ? 0x0 : (compressed ? 0x40 : 0) | (isText ? 0x1 : 0x2);
            addControlFrames();
            add(i == cuts.length ? 0x80 | opcode : opcode, Arrays.copyOfRange(payload, from, to));
        }
        events.add(isText ? new Event.Text(text) : new Event.Binary(message));
    }

    private void addControlFrames() {
        while (random.nextInt(4) == 0) {
            byte[] payload = Seeds.bytes(random, random.nextInt(126));
            boolean ping = random.nextBoolean();
            add(ping ? 0x89 : 0x8A, payload);
            events.add(ping ? new Event.Ping(Frames.hex(payload)) : new Event.Pong(Frames.hex(payload)));
        }
    }

    private void add(int firstOctet, byte[] payload) {
        wire.writeBytes(Frames.frame(firstOctet, payload, random.nextInt()));
    }

    /** Often short, sometimes around a change of the length's form. */
    private int randomLength() {
        return switch (random.nextInt(40)) {
            case 0 -> 65_530 + random.nextInt(12);
            case 1, 2, 3 -> 120 + random.nextInt(12);
            case 4, 5, 6 -> 0;
            default -> random.nextInt(200);
        };
    }

    /** About as many bytes of text, in characters of all widths; one in two texts is ASCII. */
    private String randomText(int bytes) {
        StringBuilder text = new StringBuilder();
        int widths = random.nextBoolean() ? 1 : ENDS_OF_CODE_POINTS.length;
        for (int size = 0; size < bytes; ) {
            int width = random.nextInt(widths);
            int least = width == 0 ? 0 : width == 3 ? 0x1_0000 : ENDS_OF_CODE_POINTS[width - 1];
            text.appendCodePoint(random.nextInt(least, ENDS_OF_CODE_POINTS[width]));
            size += width + 1;
        }
        return text.toString();
    }
}
