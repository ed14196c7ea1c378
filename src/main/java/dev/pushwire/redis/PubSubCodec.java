package dev.pushwire.redis;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What nodes tell each other through Redis. A message is a line of words, the first of which says what it is, and behind the
 * line break whatever bytes belong to it. Nodes of another version may say more: further words at the end of a line count for
 * nothing, and so do messages whose first word is not known.
 */
final class PubSubCodec {
    /** The first words of messages: each is one letter. */
    private static final String KINDS = "PLJG";

    private static final String NONE = "-";
    private static final long TICKS_PER_SECOND = 1_000_000;

    private PubSubCodec() {}

    /** A message that came over a channel. */
    sealed interface Message {
        TopicName topic();
    }

    /**
     * @param tick of the clock of its partition: no two publications there have the same, and a later one has a higher one
     */
    record Published(Publication publication, long tick) implements Message {
        @Override
        public TopicName topic() {
            return publication.topic();
        }
    }

    record Lost(TopicName topic) implements Message {}

    record Joined(TopicName topic, Member member) implements Message {}

    record Left(TopicName topic, Member member) implements Message {}

    /**
     * What stands at the beginning of a message.
     *
     * @param tick of a publication; of anything else 0
     */
    record Head(TopicName topic, long tick) {}

    /** Reads no more than that, so that what nobody wants costs next to nothing. Null as with {@link #read}. */
    static @Nullable Head head(byte[] message) {
        if (message.length < 2 || KINDS.indexOf(message[0]) < 0 || message[1] != ' ') {
            return null;
        }
        int topic = behindWord(message, 0);
        TopicName name = TopicName.of(word(message, topic));
        if (message[0] != 'P') {
            return new Head(name, 0);
        }
        int tick = behindWord(message, behindWord(message, behindWord(message, topic)));
        return new Head(name, Long.parseLong(word(message, tick)));
    }

    private static String word(byte[] message, int start) {
        return new String(message, start, behindWord(message, start) - 1 - start, StandardCharsets.US_ASCII);
    }

    private static int behindWord(byte[] message, int start) {
        int end = start;
        while (end < message.length && message[end] != ' ' && message[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    /** Null for what another version says and this one does not know. */
    static @Nullable Message read(byte[] message) {
        Head head = head(message);
        if (head == null) {
            return null;
        }
        int end = 0;
        while (end < message.length && message[end] != '\n') {
            end++;
        }
        String[] words = new String(message, 0, end, StandardCharsets.US_ASCII).split(" ");
        byte[] rest = end < message.length ? Arrays.copyOfRange(message, end + 1, message.length) : new byte[0];
        TopicName topic = TopicName.of(words[1]);
        return switch (words[0]) {
            case "P" ->
                new Published(
                        publication(
                                topic,
                                new Position(words[2], Long.parseLong(words[3])),
                                words[4],
                                words[5] + " " + words[6],
                                rest),
                        Long.parseLong(words[4]));
            case "L" -> new Lost(topic);
            case "J" -> new Joined(topic, member(rest));
            case "G" -> new Left(topic, member(rest));
            default -> throw new IllegalStateException("head() knows it: " + words[0]);
        };
    }

    /** What a payload is: its kind and the publication's key. */
    static String head(Payload payload, @Nullable String key) {
        return payload.kind().name() + " " + encoded(key);
    }

    /** @param tick also the time of its publication, in microseconds since 1970 */
    static Publication publication(TopicName topic, Position position, String tick, String head, byte[] payload) {
        String[] words = head.split(" ");
        return new Publication(
                topic,
                position,
                Payload.of(Payload.Kind.valueOf(words[0]), payload),
                decoded(words[1]),
                time(Long.parseLong(tick)));
    }

    private static Instant time(long tick) {
        return Instant.ofEpochSecond(tick / TICKS_PER_SECOND, tick % TICKS_PER_SECOND * 1000);
    }

    static byte[] bytes(Member member) {
        String line = encoded(member.connection()) + " " + encoded(member.principal()) + " " + encoded(member.info());
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    static Member member(byte[] bytes) {
        String[] words = new String(bytes, StandardCharsets.US_ASCII).split(" ");
        String connection = decoded(words[0]);
        if (connection == null) {
            throw new IllegalArgumentException("A member without a connection");
        }
        return new Member(connection, decoded(words[1]), decoded(words[2]));
    }

    private static String encoded(@Nullable String text) {
        return text == null
                ? NONE
                : "." + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String decoded(String word) {
        return word.equals(NONE)
                ? null
                : new String(Base64.getUrlDecoder().decode(word.substring(1)), StandardCharsets.UTF_8);
    }
}
