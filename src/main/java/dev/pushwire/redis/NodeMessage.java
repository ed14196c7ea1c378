package dev.pushwire.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message between nodes through Redis. It is a line of words, whose first word is the kind, and after the line break
 * any text. Nodes of another version may add more: unknown words at the end of a line are ignored.
 */
sealed interface NodeMessage {
    /** Stands for the sender of a message that wants no answer. */
    Sender NOBODY = new Sender("-", 0);

    /**
     * The sender of a question.
     *
     * @param node its name
     * @param number the number of the question
     */
    record Sender(String node, long number) {
        @Override
        public String toString() {
            return node + " " + number;
        }
    }

    /** A notice that was kept. */
    record Told(Sender by, Notice notice) implements NodeMessage {}

    /** A question. */
    record Asked(Sender by, String question) implements NodeMessage {}

    /**
     * An answer.
     *
     * @param from the node that answers, and the number of the question
     * @param answer null if the node has none
     */
    record Answered(Sender from, @Nullable String answer) implements NodeMessage {}

    /** Reads a message; null if another version sent it and this one does not know it. */
    static @Nullable NodeMessage read(byte[] message) {
        int end = 0;
        while (end < message.length && message[end] != '\n') {
            end++;
        }
        String[] words = new String(message, 0, end, StandardCharsets.US_ASCII).split(" ");
        byte[] rest = end < message.length ? Arrays.copyOfRange(message, end + 1, message.length) : new byte[0];
        return switch (words[0]) {
            case "N" -> {
                int keyLength = Integer.parseInt(words[4]);
                yield new Told(
                        sender(words),
                        new Notice(
                                Long.parseLong(words[3]),
                                text(rest, 0, keyLength),
                                text(rest, keyLength, rest.length - keyLength)));
            }
            case "Q" -> new Asked(sender(words), text(rest, 0, rest.length));
            case "A" -> new Answered(sender(words), text(rest, 0, rest.length));
            case "U" -> new Answered(sender(words), null);
            default -> null;
        };
    }

    private static Sender sender(String[] words) {
        return new Sender(words[1], Long.parseLong(words[2]));
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    static byte[] question(Sender by, String question) {
        return bytes("Q " + by + "\n" + question);
    }

    static byte[] answer(Sender from, @Nullable String answer) {
        return bytes(answer == null ? "U " + from + "\n" : "A " + from + "\n" + answer);
    }

    private static byte[] bytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8);
    }
}
