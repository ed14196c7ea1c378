package dev.pushwire.redis;

import dev.pushwire.broker.NodeName;
import dev.pushwire.redis.NodeMessage.Sender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A message about questions whose answers may take long. It is a line of words, whose first word is the kind, and after
 * the line break the bytes of a question or an answer.
 */
sealed interface QuestionMessage {
    /** @param by the node that waits for an answer, with the number of its question */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Asked(Sender by, String address, byte[] question) implements QuestionMessage {}

    /** No caller waits for this answer any more. */
    record Cancelled(Sender by) implements QuestionMessage {}

    /** A node still waits for these answers. */
    record Waiting(NodeName node, List<Sender> questions) implements QuestionMessage {}

    /** @param number the number of the question */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answered(long number, byte[] answer) implements QuestionMessage {}

    /** The handler failed, or there is none. */
    record Failed(long number) implements QuestionMessage {}

    /** The node does not have the question, or not any more. */
    record Gone(long number) implements QuestionMessage {}

    /** Reads a message; null if another version sent it and this one does not know it. */
    static @Nullable QuestionMessage read(byte[] message) {
        int end = 0;
        while (end < message.length && message[end] != '\n') {
            end++;
        }
        String[] words = new String(message, 0, end, StandardCharsets.US_ASCII).split(" ");
        byte[] rest = end < message.length ? Arrays.copyOfRange(message, end + 1, message.length) : new byte[0];
        return switch (words[0]) {
            case "Q" -> new Asked(new Sender(words[1], Long.parseLong(words[2])), words[3], rest);
            case "C" -> new Cancelled(new Sender(words[1], Long.parseLong(words[2])));
            case "W" ->
                new Waiting(
                        new NodeName(words[1]),
                        Arrays.stream(words)
                                .skip(2)
                                .map(number -> new Sender(words[1], Long.parseLong(number)))
                                .toList());
            case "A" -> new Answered(Long.parseLong(words[1]), rest);
            case "F" -> new Failed(Long.parseLong(words[1]));
            case "G" -> new Gone(Long.parseLong(words[1]));
            default -> null;
        };
    }

    static byte[] question(Sender by, String address, byte[] question) {
        return bytes("Q " + by + " " + address, question);
    }

    static byte[] cancelled(Sender by) {
        return bytes("C " + by);
    }

    static byte[] waiting(NodeName self, LongStream numbers) {
        return bytes("W " + self + " " + numbers.mapToObj(Long::toString).collect(Collectors.joining(" ")));
    }

    static byte[] answer(long number, byte[] answer) {
        return bytes("A " + number, answer);
    }

    static byte[] failed(long number) {
        return bytes("F " + number);
    }

    static byte[] gone(long number) {
        return bytes("G " + number);
    }

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(String line, byte[] rest) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(line.length() + 1 + rest.length);
        all.writeBytes(bytes(line));
        all.write('\n');
        all.writeBytes(rest);
        return all.toByteArray();
    }
}
