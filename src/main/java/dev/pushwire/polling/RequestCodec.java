package dev.pushwire.polling;

import dev.pushwire.broker.ClusterBus;
import dev.pushwire.broker.NodeName;
import dev.pushwire.polling.SessionAnswer.Batch;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionRequest.Carry;
import dev.pushwire.polling.SessionRequest.Carry.Step;
import dev.pushwire.polling.SessionRequest.End;
import dev.pushwire.polling.SessionRequest.Poll;
import dev.pushwire.polling.SessionRequest.Post;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads requests and answers between nodes. The nodes may have different versions, so formats may be added
 * here, and none may be changed.
 */
final class RequestCodec {
    /** How many bytes of a batch one answer has. */
    static final int PIECE = ClusterBus.MAX_QUESTION_SIZE - 1024;

    private static final byte POST = 1;
    private static final byte POLL = 2;
    private static final byte END = 3;
    private static final byte CARRY = 4;
    private static final byte DONE = 1;
    private static final byte BATCH = 2;
    private static final byte REFUSED = 3;

    private RequestCodec() {}

    /** @param from how many bytes of the batch the asking node has already */
    record Question(SessionId id, SessionRequest request, int from) {}

    /** @param total how many bytes the batch has; 0 if the answer is not a batch */
    record Answer(SessionAnswer what, int total) {}

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static byte[] writeQuestion(SessionId id, SessionRequest request, int from) {
        return write(out -> {
            out.writeUTF(id.key());
            out.writeUTF(id.secret());
            out.writeInt(from);
            String principal = request.principal();
            out.writeBoolean(principal != null);
            if (principal != null) {
                out.writeUTF(principal);
            }
            switch (request) {
                case Post(var _, long number, byte[] body, var _) -> {
                    out.writeByte(POST);
                    out.writeLong(number);
                    out.write(body);
                }
                case Poll(var _, long acknowledged, Duration wait) -> {
                    out.writeByte(POLL);
                    out.writeLong(acknowledged);
                    out.writeLong(wait.toMillis());
                }
                case End _ -> out.writeByte(END);
                case Carry(var _, String carrier, Step step) -> {
                    out.writeByte(CARRY);
                    out.writeUTF(carrier);
                    out.writeUTF(step.name());
                }
            }
        });
    }

    /** @throws IllegalArgumentException if this version does not know the question */
    static Question readQuestion(byte[] question, NodeName self) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(question));
            SessionId id = new SessionId(self, in.readUTF(), in.readUTF());
            int from = in.readInt();
            String principal = in.readBoolean() ? in.readUTF() : null;
            return new Question(id, readRequest(in, principal), from);
        } catch (IOException e) {
            throw new IllegalArgumentException("Not a question about a session", e);
        }
    }

    private static SessionRequest readRequest(DataInputStream in, @Nullable String principal) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case POST -> new Post(principal, in.readLong(), in.readAllBytes(), Duration.ZERO);
            case POLL -> new Poll(principal, in.readLong(), Duration.ofMillis(in.readLong()));
            case END -> new End(principal);
            case CARRY -> new Carry(principal, in.readUTF(), Step.valueOf(in.readUTF()));
            default -> throw new IOException("Unknown kind " + kind);
        };
    }

    /** @param from the first byte of a batch to send */
    static byte[] writeAnswer(SessionAnswer answer, int from) {
        return write(out -> {
            switch (answer) {
                case Done _ -> out.writeByte(DONE);
                case Batch(byte[] content) -> {
                    out.writeByte(BATCH);
                    out.writeInt(content.length);
                    int start = Math.min(from, content.length);
                    out.write(content, start, Math.min(PIECE, content.length - start));
                }
                case Refused refused -> {
                    out.writeByte(REFUSED);
                    out.writeUTF(refused.name());
                }
            }
        });
    }

    /** @throws IllegalArgumentException if this version does not know the answer */
    static Answer readAnswer(byte[] answer) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer));
            byte kind = in.readByte();
            return switch (kind) {
                case DONE -> new Answer(new Done(), 0);
                case BATCH -> {
                    int total = in.readInt();
                    yield new Answer(new Batch(in.readAllBytes()), total);
                }
                case REFUSED -> new Answer(refused(in.readUTF()), 0);
                default -> throw new IllegalArgumentException("Unknown kind " + kind);
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("Not an answer about a session", e);
        }
    }

    private static Refused refused(String name) {
        return Arrays.stream(Refused.values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(Refused.UNREACHABLE);
    }
}
