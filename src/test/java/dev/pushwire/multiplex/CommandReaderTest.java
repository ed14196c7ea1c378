package dev.pushwire.multiplex;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.multiplex.Command.Publish;
import dev.pushwire.multiplex.Command.Subscribe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {
    private static Command read(String line) throws CommandException {
        ProtocolSchema.assertCommand(line);
        return CommandReader.read(line);
    }

    @Test
    void subscribe() throws Exception {
        assertThat(read("{'type':'subscribe','id':1,'topic':'news'}".replace('\'', '"')))
                .isEqualTo(new Subscribe(1, new TopicPattern("news"), null, null));
        assertThat(read("{\"type\":\"subscribe\",\"id\":0,\"topic\":\"news.>\"}"))
                .isEqualTo(new Subscribe(0, new TopicPattern("news.>"), null, null));
        assertThat(read("{\"id\":9007199254740991,\"info\":{\"a\":[1]},\"type\":\"subscribe\",\"topic\":\"a\","
                        + "\"since\":\"e1:7\",\"unknown\":1}"))
                .isEqualTo(
                        new Subscribe(9007199254740991L, new TopicPattern("a"), new Position("e1", 7), "{\"a\":[1]}"));
    }

    @Test
    void theOthers() throws Exception {
        assertThat(read("{\"type\":\"unsubscribe\",\"id\":1,\"topic\":\"news.*\"}"))
                .isEqualTo(new Command.Unsubscribe(1, new TopicPattern("news.*")));
        assertThat(read("{\"type\":\"presence\",\"id\":1,\"topic\":\"news\"}"))
                .isEqualTo(new Command.Presence(1, new TopicName("news")));
        assertThat(read("{\"type\":\"ping\",\"id\":1}")).isEqualTo(new Command.Ping(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"data\":\"höi\"                            | TEXT   | höi",
                "\"data\":{\"a\": [1, null]}                 | JSON   | {\"a\":[1,null]}",
                "\"data\":42                                 | JSON   | 42",
                "\"data\":null                               | JSON   | null",
                "\"encoding\":\"base64\",\"data\":\"aGk=\"   | BINARY | hi",
            })
    void whatIsPublished(String fields, Payload.Kind kind, String content) throws Exception {
        assertThat(read("{\"type\":\"publish\",\"id\":3,\"topic\":\"news\"," + fields + "}"))
                .isEqualTo(new Publish(
                        3, new TopicName("news"), Payload.of(kind, content.getBytes(UTF_8)), PublishOptions.NONE));
    }

    @Test
    void publishWithKeys() throws Exception {
        assertThat(
                        read(
                                "{\"type\":\"publish\",\"id\":3,\"topic\":\"a\",\"data\":\"\",\"key\":\"k\",\"idempotencyKey\":\"i\"}"))
                .isEqualTo(new Publish(3, new TopicName("a"), Payload.text(""), new PublishOptions("i", "k")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "[]",
                "1",
                "\"subscribe\"",
                "{}",
                "{\"type\":\"ping\"}",
                "{\"id\":1}",
                "{\"type\":1,\"id\":1}",
                "{\"type\":\"ping\",\"id\":\"1\"}",
                "{\"type\":\"ping\",\"id\":-1}",
                "{\"type\":\"ping\",\"id\":1.5}",
                "{\"type\":\"ping\",\"id\":9007199254740992}",
                "{\"type\":\"ping\",\"id\":1}}",
                "{\"type\":\"ping\",\"id\":1,\"id\":2}",
                "{\"type\":\"ping\",\"id\":99999999999999999999}",
            })
    void isMalformed(String line) {
        CommandException refused = refused(line);
        assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(refused.id()).isNull();
    }

    @Test
    void deepNestingIsMalformed() {
        assertThat(refused("{\"type\":\"ping\",\"id\":1,\"x\":" + "[".repeat(100_000))
                        .code())
                .isEqualTo(ErrorCode.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"type\":\"dance\"                                               | UNKNOWN_TYPE",
                "\"type\":\"subscribe\"                                           | INVALID_TOPIC",
                "\"type\":\"subscribe\",\"topic\":\"a..b\"                        | INVALID_TOPIC",
                "\"type\":\"subscribe\",\"topic\":7                               | INVALID_TOPIC",
                "\"type\":\"unsubscribe\",\"topic\":\"a.>.b\"                     | INVALID_TOPIC",
                "\"type\":\"presence\",\"topic\":\"a.*\"                          | INVALID_TOPIC",
                "\"type\":\"publish\",\"topic\":\"a.*\",\"data\":1                | INVALID_TOPIC",
                "\"type\":\"subscribe\",\"topic\":\"a\",\"since\":\"7\"           | INVALID_POSITION",
                "\"type\":\"subscribe\",\"topic\":\"a\",\"since\":7               | INVALID_POSITION",
                "\"type\":\"subscribe\",\"topic\":\"a.*\",\"since\":\"e:7\"       | INVALID_POSITION",
                "\"type\":\"publish\",\"topic\":\"a\"                             | INVALID_PUBLICATION",
                "\"type\":\"publish\",\"topic\":\"a\",\"data\":1,\"key\":\"\"     | INVALID_PUBLICATION",
                "\"type\":\"publish\",\"topic\":\"a\",\"data\":1,\"key\":1        | INVALID_PUBLICATION",
                "\"type\":\"publish\",\"topic\":\"a\",\"encoding\":\"hex\",\"data\":\"00\" | INVALID_PUBLICATION",
                "\"type\":\"publish\",\"topic\":\"a\",\"encoding\":\"base64\",\"data\":1   | INVALID_PUBLICATION",
            })
    void isRefused(String fields, ErrorCode code) {
        String line = "{\"id\":7," + fields + "}";
        ProtocolSchema.assertNoCommand(line);
        CommandException refused = refused(line);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.id()).isEqualTo(7);
    }

    @Test
    void whatTheSchemaCannotSayIsRefusedToo() {
        assertThat(refused("{\"type\":\"publish\",\"id\":7,\"topic\":\"a\",\"encoding\":\"base64\",\"data\":\"?\"}")
                        .code())
                .isEqualTo(ErrorCode.INVALID_PUBLICATION);
        assertThat(refused("{\"type\":\"subscribe\",\"id\":7,\"topic\":\"a\",\"info\":\"" + "x".repeat(1023) + "\"}")
                        .code())
                .isEqualTo(ErrorCode.INVALID_INFO);
    }

    @Test
    void theSchemaNamesEveryErrorCode() {
        assertThat(List.of(ErrorCode.values()))
                .allSatisfy(code -> assertThat(ProtocolSchema.text()).contains("\"" + code.code() + "\""));
    }

    private static CommandException refused(String line) {
        return catchThrowableOfType(CommandException.class, () -> CommandReader.read(line));
    }
}
