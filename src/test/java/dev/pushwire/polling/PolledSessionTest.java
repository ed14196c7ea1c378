package dev.pushwire.polling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.NodeName;
import dev.pushwire.endpoint.spi.PostedSession;
import dev.pushwire.endpoint.spi.PostedSession.Posted;
import dev.pushwire.polling.SessionAnswer.Done;
import dev.pushwire.polling.SessionAnswer.Refused;
import dev.pushwire.polling.SessionRequest.Post;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session makes of posts. Its endpoint takes them when the test says so. */
class PolledSessionTest {
    private static final NodeName NODE = new NodeName("5d2f");

    private final SessionId id = SessionId.random(NODE);
    private final PolledSessions sessions =
            new PolledSessions(1, body -> List.of(new PostedBodies.Message(true, body)));
    private final List<String> posted = new ArrayList<>();
    private final List<CompletableFuture<Posted>> answers = new ArrayList<>();

    @BeforeEach
    void open() {
        PostedSession session = (PostedSession) Proxy.newProxyInstance(
                PostedSession.class.getClassLoader(), new Class<?>[] {PostedSession.class}, (_, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("post");
                    assertThat(arguments[2]).isEqualTo(PolledSession.POST_PATIENCE);
                    posted.add(UTF_8.decode((ByteBuffer) arguments[1]).toString());
                    answers.add(new CompletableFuture<>());
                    return answers.getLast();
                });
        sessions.add(id, null).opened(session);
    }

    private CompletableFuture<SessionAnswer> post(long number, String body) {
        return sessions.answer(id, new Post(null, number, body.getBytes(UTF_8), Duration.ZERO));
    }

    private void takes(Posted what) {
        answers.getLast().complete(what);
    }

    @Test
    void aPostThatComesTwiceIsTakenOnce() {
        CompletableFuture<SessionAnswer> first = post(1, "one");
        CompletableFuture<SessionAnswer> again = post(1, "one");
        assertThat(post(2, "two")).isCompletedWithValue(Refused.OUT_OF_ORDER);
        takes(Posted.TAKEN);
        assertThat(first).isCompletedWithValue(new Done());
        assertThat(again).isCompletedWithValue(new Done());
        assertThat(post(1, "one")).isCompletedWithValue(new Done());
        assertThat(posted).containsExactly("one");
    }

    @Test
    void aPostThatIsRefusedIsTakenWhenItComesAgain() {
        CompletableFuture<SessionAnswer> first = post(1, "one");
        CompletableFuture<CompletableFuture<SessionAnswer>> again = first.thenApply(_ -> post(1, "one"));
        takes(Posted.FULL);
        assertThat(first).isCompletedWithValue(Refused.BUSY);
        takes(Posted.TAKEN);
        assertThat(again.join()).isCompletedWithValue(new Done());
        assertThat(posted).containsExactly("one", "one");
        assertThat(post(2, "two")).isNotDone();
    }

    @Test
    void aPostWithoutANumberCountsAsNew() {
        CompletableFuture<SessionAnswer> first = post(SessionRequest.UNNUMBERED, "one");
        takes(Posted.FULL);
        assertThat(first).isCompletedWithValue(Refused.BUSY);
        CompletableFuture<SessionAnswer> again = post(SessionRequest.UNNUMBERED, "one");
        takes(Posted.ENDED);
        assertThat(again).isCompletedWithValue(Refused.UNKNOWN);
        assertThat(posted).containsExactly("one", "one");
    }
}
