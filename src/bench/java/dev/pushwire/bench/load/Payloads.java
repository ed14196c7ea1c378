package dev.pushwire.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The payloads of messages, the same on every machine. */
final class Payloads {
    private static final String[] SYMBOLS = {
        "ACME", "GLOBEX", "INITECH", "HOOLI", "UMBRELLA", "STARK", "WAYNE", "TYRELL"
    };
    private static final String[] STATES = {"open", "filled", "partially filled", "cancelled"};

    private Payloads() {}

    /**
     * JSON as services send it: keys that repeat, and numbers that do not. A compressor shrinks it to about a quarter.
     */
    static byte[] text(int size, int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("        [");
        while (text.length() < size) {
            text.append("{\"id\":").append(random.nextInt(1_000_000_000));
            text.append(",\"symbol\":\"").append(SYMBOLS[random.nextInt(SYMBOLS.length)]);
            text.append("\",\"price\":").append(random.nextInt(100_000) / 100.0);
            text.append(",\"quantity\":").append(random.nextInt(10_000));
            text.append(",\"state\":\"")
                    .append(STATES[random.nextInt(STATES.length)])
                    .append("\"},");
        }
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    /** Text that is the same inside a JSON string. */
    static byte[] word(int size) {
        byte[] word = new byte[size];
        for (int i = 0; i < size; i++) {
            word[i] = (byte) ('a' + i % 26);
        }
        return word;
    }

    /** Bytes without any pattern. */
    static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return noise;
    }
}
