package dev.pushwire.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pushwire.broker.BinaryForm;
import dev.pushwire.broker.Position;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * What nodes of two versions tell each other about sockets. The forms here are a contract: none may be changed, and new
 * ones with other names may be added.
 */
class NodeFormsTest {
    private static final Selection SOME = new Selection(Set.of("admins"), Set.of("away"));
    private static final Object[] SOME_WRITTEN = {1, 6, "admins", 1, 4, "away"};
    private static final Arguments EVENT =
            new Arguments("[\"hi\",{\"_placeholder\":true,\"num\":0}]", List.of(ByteBuffer.wrap(BinaryForm.of("bin"))));
    private static final Object[] EVENT_WRITTEN = {36, "[\"hi\",{\"_placeholder\":true,\"num\":0}]", 1, 3, "bin"};

    private final ArgumentCodec codec = new ArgumentCodec(new JsonMapper());

    private static void assertDirective(byte[] form, Directive directive) {
        assertThat(directive.write()).isEqualTo(form);
        assertThat(Directive.read(ByteBuffer.wrap(form)).write()).isEqualTo(form);
    }

    @Test
    void directives() {
        byte[] plain = BinaryForm.of(4, "emit", SOME_WRITTEN, EVENT_WRITTEN, true, false);
        assertDirective(plain, new Directive.Emit(SOME, EVENT, true, null));
        byte[] asking = BinaryForm.of(4, "emit", SOME_WRITTEN, EVENT_WRITTEN, false, true, 3, "x-1", 10_000_000_000L);
        assertDirective(
                asking, new Directive.Emit(SOME, EVENT, false, new Directive.Ask("x-1", Duration.ofSeconds(10))));
        assertDirective(
                BinaryForm.of(4, "join", SOME_WRITTEN, 1, 5, "vips."), new Directive.Join(SOME, Set.of("vips.")));
        assertDirective(
                BinaryForm.of(5, "leave", SOME_WRITTEN, 1, 5, "vips."), new Directive.Leave(SOME, Set.of("vips.")));
        assertDirective(BinaryForm.of(10, "disconnect", SOME_WRITTEN, true), new Directive.Disconnect(SOME, true));
        assertThat(Directive.read(ByteBuffer.wrap(plain))).isInstanceOfSatisfying(Directive.Emit.class, emit -> {
            assertThat(emit.to()).isEqualTo(SOME);
            assertThat(emit.event().json()).isEqualTo(EVENT.json());
            assertThat(emit.event().attachments()).isEqualTo(EVENT.attachments());
            assertThat(emit.isVolatile()).isTrue();
            assertThat(emit.ask()).isNull();
        });
        assertThat(Directive.read(ByteBuffer.wrap(BinaryForm.of(5, "leave", SOME_WRITTEN, 0, "more"))))
                .isEqualTo(new Directive.Leave(SOME, Set.of()));
        assertThat(Directive.read(ByteBuffer.wrap(BinaryForm.of(5, "dance", 1, 4, "more"))))
                .isEqualTo(new Directive.Unknown());
    }

    private static void assertQuestion(byte[] form, Question question) {
        assertThat(question.write()).isEqualTo(form);
        assertThat(Question.read(form)).isEqualTo(question);
        assertThat(Question.read(BinaryForm.of(form, "more"))).isEqualTo(question);
    }

    @Test
    void questions() {
        assertQuestion(
                BinaryForm.of(5, "fetch", 6, "/admin", SOME_WRITTEN, true, 5, "e1:41", 3, "s-9"),
                new Question.Fetch("/admin", SOME, new Position("e1", 41), "s-9"));
        assertQuestion(
                BinaryForm.of(5, "fetch", 1, "/", 0, 0, false, 0), new Question.Fetch("/", Selection.ALL, null, ""));
        assertQuestion(
                BinaryForm.of(7, "answers", 1, "/", 3, "x-1", 10_000_000_000L, 2L),
                new Question.Answers("/", "x-1", Duration.ofSeconds(10), 2));
        assertQuestion(BinaryForm.of(4, "take", 1, "/", 3, "pid"), new Question.Take("/", "pid"));
        assertThatIllegalArgumentException().isThrownBy(() -> Question.read(BinaryForm.of(4, "sing", 1, "/")));
        assertThat(QuestionDesk.ADDRESS).isEqualTo("socketio");
    }

    @Test
    void collectedAnswers() {
        byte[] given = BinaryForm.of(3, "s-9", true, EVENT_WRITTEN);
        byte[] none = BinaryForm.of(3, "s-8", false);
        assertThat(new AckCollections.Collected("s-9", EVENT).write()).isEqualTo(given);
        assertThat(new AckCollections.Collected("s-8", null).write()).isEqualTo(none);
        Page page = new Page();
        page.add(given);
        page.add(none);
        assertThat(page.bytes()).isEqualTo(BinaryForm.of(false, given, none));
        List<String> sockets = new ArrayList<>();
        assertThat(Page.read(
                        page.bytes(),
                        AckCollections.Collected::read,
                        each -> sockets.add(each.socket() + " " + (each.answer() != null))))
                .isFalse();
        assertThat(sockets).containsExactly("s-9 true", "s-8 false");
    }

    @Test
    void sockets() {
        byte[] written = BinaryForm.of(3, "s-9", 1, 6, "admins", 10, "{\"seat\":5}", 9, "192.0.2.1", true, 3, "ada");
        SocketInfo socket = new SocketInfoCodec(codec).read(new ByteReader(written));
        assertThat(socket.id()).isEqualTo("s-9");
        assertThat(socket.rooms()).containsExactly("admins");
        assertThat(socket.data()).containsOnly(Map.entry("seat", 5));
        assertThat(socket.remoteAddress()).isEqualTo("192.0.2.1");
        assertThat(socket.principal()).isEqualTo("ada");
    }

    /** What a node that stops leaves for clients that come back to another. */
    @Test
    void socketsLeftBehind() {
        byte[] written = BinaryForm.of(
                3,
                "pid",
                1,
                "/",
                3,
                "s-9",
                true,
                3,
                "ada",
                10,
                "{\"seat\":5}",
                5,
                "e1:41",
                5,
                "e1:45",
                5,
                "e1:40",
                3L,
                5L,
                1L,
                1L,
                6,
                "admins",
                5,
                "e1:30",
                5L,
                5,
                "e1:44",
                EVENT_WRITTEN);
        Snapshot snapshot = Snapshot.read(written, codec);
        assertThat(snapshot.write(codec)).isEqualTo(written);
        Position end = new Position("e1", 45);
        assertThat(snapshot)
                .usingRecursiveComparison()
                .ignoringFields("alone")
                .isEqualTo(new Snapshot(
                        "pid",
                        "/",
                        "s-9",
                        "ada",
                        Map.of("admins", end.at(30)),
                        Map.of("seat", 5),
                        end.at(41),
                        3,
                        end,
                        5,
                        1,
                        end.at(40),
                        List.of()));
        assertThat(snapshot.alone()).singleElement().satisfies(sent -> {
            assertThat(sent.number()).isEqualTo(5);
            assertThat(sent.at()).isEqualTo(end.at(44));
            assertThat(sent.event().json()).isEqualTo(EVENT.json());
        });
    }

    @Test
    void names() {
        assertThat(NamespaceTopics.of("/", false)).hasToString("~socketio.:2F");
        assertThat(NamespaceTopics.of("/admin", true)).hasToString("~socketio-recovery.:2Fadmin");
        assertThat(NamespaceTopics.of("/" + "x".repeat(300), false).toString()).matches("~socketio\\.[0-9a-f]{64}");
        assertThat(new ReplayOffset(new Position("e1", 41), ReplayOffset.SHARED))
                .hasToString("e1.41");
        assertThat(new ReplayOffset(new Position("e1", 41), 5)).hasToString("e1.41.5");
        assertThat(ReplayOffset.parse("e1.41.5")).isEqualTo(new ReplayOffset(new Position("e1", 41), 5));
    }
}
