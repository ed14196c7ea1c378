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
 * Writes and reads the messages of topics between nodes through Redis. A message is a line of words, whose first word
 * is the kind, and after the line break any bytes. Nodes of another version may add more: further words at the end of a
 * line are ignored, and so are messages of an unknown kind.
 */
final class PubSubCodec {
    /** The kinds of messages: each is one letter. */
    private static final String KINDS = "PLJG";

    private static final String NONE = "-";
    private static final long TICKS_PER_SECOND = 1_000_000;

    private PubSubCodec() {}

    /** A message that came over a channel. */
    sealed interface Message {
        TopicName topic();
    }

    /**
     * @param tick the tick of its partition's clock: no two publications there have the same, and a later one has a
     *     higher one
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
     * The beginning of a message.
     *
     * @param tick the tick of a publication; 0 for any other message
     */
    record Head(TopicName topic, long tick) {}

    /** The words of a message's first line, one after the other. */
    private static final class Words {
        private final byte[] message;
        private int next;

        Words(byte[] message) {
            this.message = message;
        }

        String next() {
            int start = next;
            skip();
            return new String(message, start, next - 1 - start, StandardCharsets.US_ASCII);
        }

        boolean hasNext() {
            return next <= message.length && (next == 0 || message[next - 1] != '\n');
        }

        /** @throws IllegalArgumentException if there is no further word */
        void skip() {
            if (!hasNext()) {
                throw new IllegalArgumentException("A message has too few words");
            }
            while (next < message.length && message[next] != ' ' && message[next] != '\n') {
                next++;
            }
            next++;
        }

        /** The bytes after the line. */
        byte[] rest() {
            while (next <= message.length && message[next - 1] != '\n') {
                next++;
            }
            return next > message.length ? new byte[0] : Arrays.copyOfRange(message, next, message.length);
        }
    }

    private static boolean isKnown(byte[] message) {
        return message.length >= 2 && KINDS.indexOf(message[0]) >= 0 && message[1] == ' ';
    }

    /** Reads only the head, so that an unwanted message costs next to nothing. Null as with {@link #read}. */
    static @Nullable Head head(byte[] message) {
        if (!isKnown(message)) {
            return null;
        }
        Words words = new Words(message);
        words.skip();
        TopicName topic = TopicName.of(words.next());
        if (message[0] != 'P') {
            return new Head(topic, 0);
        }
        words.skip();
        words.skip();
        return new Head(topic, Long.parseLong(words.next()));
    }

    /** Reads a message; null if another version sent it and this one does not know it. */
    static @Nullable Message read(byte[] message) {
        if (!isKnown(message)) {
            return null;
        }
        Words words = new Words(message);
        words.skip();
        TopicName topic = TopicName.of(words.next());
        return switch (message[0]) {
            case 'P' -> published(topic, words);
            case 'L' -> new Lost(topic);
            case 'J' -> new Joined(topic, member(words.rest()));
            case 'G' -> new Left(topic, member(words.rest()));
            default -> throw new IllegalStateException("isKnown() knows it: " + message[0]);
        };
    }

    private static Published published(TopicName topic, Words words) {
        Position position = new Position(words.next(), Long.parseLong(words.next()));
        long tick = Long.parseLong(words.next());
        Payload.Kind kind = Payload.Kind.valueOf(words.next());
        String key = decoded(words.next());
        String traceparent = words.hasNext() ? trace(words.next()) : null;
        Payload payload = Payload.of(kind, words.rest());
        return new Published(new Publication(topic, position, payload, key, time(tick), traceparent), tick);
    }

    /** The head of a payload: its kind, the publication's key, and its trace, which few have. */
    static String head(Payload payload, @Nullable String key, @Nullable String traceparent) {
        String head = payload.kind().name() + " " + encoded(key);
        return traceparent == null ? head : head + " " + encoded(traceparent);
    }

    /**
     * A publication as the history has it.
     *
     * @param tick also the time of the publication, in microseconds since 1970
     */
    static Publication publication(TopicName topic, Position position, String tick, String head, byte[] payload) {
        String[] words = head.split(" ");
        return new Publication(
                topic,
                position,
                Payload.of(Payload.Kind.valueOf(words[0]), payload),
                decoded(words[1]),
                time(Long.parseLong(tick)),
                words.length > 2 ? trace(words[2]) : null);
    }

    /** Reads a trace; null for a word that another version has put there. */
    private static @Nullable String trace(String word) {
        return word.startsWith(".") ? decoded(word) : null;
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
