package dev.pushwire.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushwire.broker.Member;
import dev.pushwire.broker.NodeName;
import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.Publication;
import dev.pushwire.broker.TopicName;
import dev.pushwire.redis.NodeMessage.Sender;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes of one version read what nodes of another have written. The texts here are a contract between versions: none
 * may be changed, and new ones may be added.
 */
class WireFormsTest {
    private static final TopicName NEWS = TopicName.of("news");
    private static final Member ADA = new Member("k3f9x2a-7", "ada", "{\"age\":36}");
    private static final String ADA_WRITTEN = ".azNmOXgyYS03 .YWRh .eyJhZ2UiOjM2fQ";

    @Test
    void publication() {
        PubSubCodec.Published expected = new PubSubCodec.Published(
                new Publication(
                        NEWS,
                        new Position("1hpwcgxymz", 41),
                        Payload.of(Payload.Kind.TEXT, bytes("hello\nworld")),
                        "key",
                        Instant.parse("2026-11-28T20:00:00.000001Z")),
                1795896000000001L);
        assertThat(PubSubCodec.read(bytes("P news 1hpwcgxymz 41 1795896000000001 TEXT .a2V5\nhello\nworld")))
                .isEqualTo(expected);
        assertThat(PubSubCodec.read(bytes("P news 1hpwcgxymz 41 1795896000000001 TEXT .a2V5 more\nhello\nworld")))
                .isEqualTo(expected);
    }

    /** How {@code publish.lua} is given what goes into a publication and into the history. */
    @Test
    void payloadAndKey() {
        assertThat(PubSubCodec.head(Payload.text("hello"), "key", null)).isEqualTo("TEXT .a2V5");
        assertThat(PubSubCodec.head(Payload.of(Payload.Kind.JSON, bytes("1")), null, null))
                .isEqualTo("JSON -");
        assertThat(PubSubCodec.head(Payload.of(Payload.Kind.BINARY, new byte[1]), "", null))
                .isEqualTo("BINARY .");
    }

    /** Nodes that do not know of traces pass over the word. */
    @Test
    void publicationWithATrace() {
        assertThat(PubSubCodec.head(Payload.text("hello"), null, "00-4bf92f35-01"))
                .isEqualTo("TEXT - .MDAtNGJmOTJmMzUtMDE");
        Publication expected = new Publication(
                NEWS,
                new Position("1hpwcgxymz", 41),
                Payload.text("hello"),
                null,
                Instant.parse("2026-11-28T20:00:00.000001Z"),
                "00-4bf92f35-01");
        String message = "P news 1hpwcgxymz 41 1795896000000001 TEXT - .MDAtNGJmOTJmMzUtMDE";
        assertThat(PubSubCodec.read(bytes(message + "\nhello")))
                .isEqualTo(new PubSubCodec.Published(expected, 1795896000000001L));
        assertThat(PubSubCodec.read(bytes(message + " more\nhello")))
                .isEqualTo(new PubSubCodec.Published(expected, 1795896000000001L));
    }

    @Test
    void members() {
        assertThat(PubSubCodec.bytes(ADA)).asString(UTF_8).isEqualTo(ADA_WRITTEN);
        assertThat(PubSubCodec.member(bytes(ADA_WRITTEN + " more"))).isEqualTo(ADA);
        assertThat(PubSubCodec.bytes(new Member("k3f9x2a-7", null, null)))
                .asString(UTF_8)
                .isEqualTo(".azNmOXgyYS03 - -");
        assertThat(PubSubCodec.read(bytes("J news more\n" + ADA_WRITTEN))).isEqualTo(new PubSubCodec.Joined(NEWS, ADA));
        assertThat(PubSubCodec.read(bytes("G news\n" + ADA_WRITTEN))).isEqualTo(new PubSubCodec.Left(NEWS, ADA));
        assertThat(PubSubCodec.read(bytes("L news more"))).isEqualTo(new PubSubCodec.Lost(NEWS));
    }

    /** Before this was so, each was an error in the log. */
    @ParameterizedTest
    @ValueSource(strings = {"Z news 1\nbody", "Publication news", "Z", "P", ""})
    void messagesAboutTopicsThatAreNotKnownCountForNothing(String message) {
        assertThat(PubSubCodec.head(bytes(message))).isNull();
        assertThat(PubSubCodec.read(bytes(message))).isNull();
    }

    @Test
    void noticesQuestionsAndAnswers() {
        Sender sender = new Sender("k3f9x2a", 3);
        assertThat(NodeMessage.question(sender, "what")).asString(UTF_8).isEqualTo("Q k3f9x2a 3\nwhat");
        assertThat(NodeMessage.answer(sender, "that")).asString(UTF_8).isEqualTo("A k3f9x2a 3\nthat");
        assertThat(NodeMessage.answer(sender, null)).asString(UTF_8).isEqualTo("U k3f9x2a 3\n");
        assertThat(NodeMessage.read(bytes("Q k3f9x2a 3 more\nwhat"))).isEqualTo(new NodeMessage.Asked(sender, "what"));
        assertThat(NodeMessage.read(bytes("A k3f9x2a 3 more\nthat")))
                .isEqualTo(new NodeMessage.Answered(sender, "that"));
        assertThat(NodeMessage.read(bytes("U k3f9x2a 3 more\n"))).isEqualTo(new NodeMessage.Answered(sender, null));
        assertThat(NodeMessage.read(bytes("N k3f9x2a 3 1795896000000001 3 more\nkeytext")))
                .isEqualTo(new NodeMessage.Told(sender, new Notice(1795896000000001L, "key", "text")));
        assertThat(NodeMessage.read(bytes("Z k3f9x2a 3\nwhat"))).isNull();
    }

    @Test
    void longQuestions() {
        Sender sender = new Sender("k3f9x2a", 3);
        assertThat(QuestionMessage.question(sender, "tickets", bytes("what")))
                .asString(UTF_8)
                .isEqualTo("Q k3f9x2a 3 tickets\nwhat");
        assertThat(QuestionMessage.cancelled(sender)).asString(UTF_8).isEqualTo("C k3f9x2a 3");
        assertThat(QuestionMessage.waiting(new NodeName("k3f9x2a"), LongStream.of(3, 4)))
                .asString(UTF_8)
                .isEqualTo("W k3f9x2a 3 4");
        assertThat(QuestionMessage.answer(3, bytes("that"))).asString(UTF_8).isEqualTo("A 3\nthat");
        assertThat(QuestionMessage.failed(3)).asString(UTF_8).isEqualTo("F 3");
        assertThat(QuestionMessage.gone(3)).asString(UTF_8).isEqualTo("G 3");
        assertThat(QuestionMessage.read(bytes("Q k3f9x2a 3 tickets more\nwhat")))
                .isInstanceOfSatisfying(QuestionMessage.Asked.class, asked -> {
                    assertThat(asked.by()).isEqualTo(sender);
                    assertThat(asked.address()).isEqualTo("tickets");
                    assertThat(asked.question()).asString(UTF_8).isEqualTo("what");
                });
        assertThat(QuestionMessage.read(bytes("C k3f9x2a 3 more"))).isEqualTo(new QuestionMessage.Cancelled(sender));
        assertThat(QuestionMessage.read(bytes("W k3f9x2a 3")))
                .isEqualTo(new QuestionMessage.Waiting(new NodeName("k3f9x2a"), List.of(sender)));
        assertThat(QuestionMessage.read(bytes("F 3 more"))).isEqualTo(new QuestionMessage.Failed(3));
        assertThat(QuestionMessage.read(bytes("G 3 more"))).isEqualTo(new QuestionMessage.Gone(3));
        assertThat(QuestionMessage.read(bytes("Z 3"))).isNull();
    }

    /** Names of keys and channels, and which partition a topic is in. */
    @Test
    void names() {
        TopicName topic = TopicName.of("news.sports");
        int partition = Keys.partition(topic);
        String tag = "{pushwire-" + partition + "}";
        assertThat(partition).isEqualTo(Math.floorMod("news.sports".hashCode(), 64));
        assertThat(List.of(
                        Keys.state(topic),
                        Keys.history(topic),
                        Keys.channel(topic),
                        Keys.members(topic),
                        Keys.idempotency(topic, "key"),
                        Keys.idempotency(topic, "key:1"),
                        Keys.patternChannel(partition, Keys.ANY),
                        Keys.patternChannel(partition, "news"),
                        Keys.occupants(partition),
                        Keys.occupancy(partition, "k3f9x2a"),
                        Keys.clock(partition),
                        Keys.index(partition)))
                .containsExactly(
                        tag + ":state:news.sports",
                        tag + ":history:news.sports",
                        tag + ":channel:news.sports",
                        tag + ":members:news.sports",
                        tag + ":once:news.sports:key",
                        tag + ":once:news.sports/key:1",
                        tag + ":patterns",
                        tag + ":patterns:news",
                        tag + ":occupants",
                        tag + ":occupancy:k3f9x2a",
                        tag + ":clock",
                        tag + ":index");
        assertThat(List.of(NodeStore.CHANNEL, NodeStore.channel("k3f9x2a"), Keys.nodes("notices")))
                .containsExactly(
                        "{pushwire-0}:nodes:all", "{pushwire-0}:nodes:one:k3f9x2a", "{pushwire-0}:nodes:notices");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
