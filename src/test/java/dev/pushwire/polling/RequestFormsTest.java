package dev.pushwire.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pushwire.broker.BinaryForm;
import dev.pushwire.broker.NodeName;
import dev.pushwire.polling.SessionAnswer.Batch;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionRequest.Carry;
import dev.pushwire.polling.SessionRequest.Carry.Step;
import dev.pushwire.polling.SessionRequest.End;
import dev.pushwire.polling.SessionRequest.Poll;
import dev.pushwire.polling.SessionRequest.Post;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Requests between nodes of two versions. The forms here are a contract: none may be changed, and new ones may be
 * added.
 */
class RequestFormsTest {
    private static final NodeName NODE = new NodeName("k3f9x2a");
    private static final String KEY = "AAAAAAAA";
    private static final String SECRET = "BBBBBBBBBBBBBBBBBBBBBBBB";
    private static final SessionId ID = new SessionId(NODE, KEY, SECRET);

    private static final byte[] POST = BinaryForm.of(
            (short) 8, KEY, (short) 24, SECRET, 0, true, (short) 3, "ada", (byte) 1, 7L, "{\"type\":\"ping\"}");
    private static final byte[] POLL =
            BinaryForm.of((short) 8, KEY, (short) 24, SECRET, 1000, false, (byte) 2, -1L, 25_000L);
    private static final byte[] CARRY = BinaryForm.of(
            (short) 8, KEY, (short) 24, SECRET, 0, false, (byte) 4, (short) 9, "a1b2c3d-7", (short) 4, "TAKE");
    private static final byte[] END = BinaryForm.of((short) 8, KEY, (short) 24, SECRET, 0, false, (byte) 3);

    @Test
    void aSessionsId() {
        String text = "k3f9x2a-AAAAAAAABBBBBBBBBBBBBBBBBBBBBBBB";
        assertThat(SessionId.parse(text)).isEqualTo(ID);
        assertThat(ID.value()).isEqualTo(text);
    }

    @Test
    void requests() {
        byte[] body = BinaryForm.of("{\"type\":\"ping\"}");
        assertThat(RequestCodec.writeQuestion(ID, new Post("ada", 7, body, Duration.ofSeconds(30)), 0))
                .isEqualTo(POST);
        assertThat(RequestCodec.writeQuestion(ID, new Poll(null, -1, Duration.ofSeconds(25)), 1000))
                .isEqualTo(POLL);
        assertThat(RequestCodec.writeQuestion(ID, new End(null), 0)).isEqualTo(END);
        Carry carry = new Carry(null, "a1b2c3d-7", Step.TAKE);
        assertThat(RequestCodec.writeQuestion(ID, carry, 0)).isEqualTo(CARRY);

        RequestCodec.Question post = RequestCodec.readQuestion(POST, NODE);
        assertThat(post.id()).isEqualTo(ID);
        assertThat(post.from()).isZero();
        assertThat(post.request()).isInstanceOfSatisfying(Post.class, read -> {
            assertThat(read.principal()).isEqualTo("ada");
            assertThat(read.number()).isEqualTo(7);
            assertThat(read.body()).isEqualTo(body);
        });
        RequestCodec.Question poll = RequestCodec.readQuestion(POLL, NODE);
        assertThat(poll.from()).isEqualTo(1000);
        assertThat(poll.request()).isEqualTo(new Poll(null, SessionRequest.UNNUMBERED, Duration.ofSeconds(25)));
        assertThat(RequestCodec.readQuestion(END, NODE).request()).isEqualTo(new End(null));
        assertThat(RequestCodec.readQuestion(CARRY, NODE).request()).isEqualTo(carry);
        assertThat(Step.values()).extracting(Enum::name).contains("LOOK", "PROBE", "TAKE", "LEAVE");
    }

    @Test
    void answers() {
        assertThat(RequestCodec.writeAnswer(new Done(), 0)).isEqualTo(BinaryForm.of((byte) 1));
        assertThat(RequestCodec.writeAnswer(new Batch(BinaryForm.of("what came")), 5))
                .isEqualTo(BinaryForm.of((byte) 2, 9, "came"));
        assertThat(RequestCodec.writeAnswer(Refused.UNKNOWN, 0))
                .isEqualTo(BinaryForm.of((byte) 3, (short) 7, "UNKNOWN"));
        assertThat(RequestCodec.readAnswer(BinaryForm.of((byte) 1)).what()).isEqualTo(new Done());
        RequestCodec.Answer batch = RequestCodec.readAnswer(BinaryForm.of((byte) 2, 9, "came"));
        assertThat(batch.total()).isEqualTo(9);
        assertThat(batch.what())
                .isInstanceOfSatisfying(
                        Batch.class, read -> assertThat(read.content()).isEqualTo(BinaryForm.of("came")));
        assertThat(Refused.values())
                .extracting(Enum::name)
                .contains("UNKNOWN", "FOREIGN", "OUT_OF_ORDER", "BUSY", "UNREACHABLE", "MALFORMED");
    }

    /** The client then tries again, at another node perhaps. */
    @Test
    void aRefusalOfAnotherVersionCountsAsUnreachable() {
        assertThat(RequestCodec.readAnswer(BinaryForm.of((byte) 3, (short) 5, "TIRED"))
                        .what())
                .isEqualTo(Refused.UNREACHABLE);
    }

    @Test
    void aRequestOfAnotherVersionIsNone() {
        byte[] other = BinaryForm.of((short) 8, KEY, (short) 24, SECRET, 0, false, (byte) 9);
        assertThatIllegalArgumentException().isThrownBy(() -> RequestCodec.readQuestion(other, NODE));
    }
}
