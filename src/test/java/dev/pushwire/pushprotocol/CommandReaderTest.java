package dev.pushwire.pushprotocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pushwire.broker.Payload;
import dev.pushwire.broker.Position;
import dev.pushwire.broker.PublishOptions;
import dev.pushwire.broker.TopicName;
import dev.pushwire.broker.TopicPattern;
import dev.pushwire.push.StartPoint;
import dev.pushwire.pushprotocol.Command.Publish;
import dev.pushwire.pushprotocol.Command.Subscribe;
import dev.pushwire.pushprotocol.Command.Subscription;
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
                .isEqualTo(one(1, "news", StartPoint.NOW, null));
        assertThat(read("{\"type\":\"subscribe\",\"id\":0,\"topic\":\"news.>\"}"))
                .isEqualTo(one(0, "news.>", StartPoint.NOW, null));
        assertThat(read("{\"id\":9007199254740991,\"info\":{\"a\":[1]},\"type\":\"subscribe\",\"topic\":\"a\","
                        + "\"since\":\"e1:7\",\"unknown\":1}"))
                .isEqualTo(one(9007199254740991L, "a", StartPoint.of(new Position("e1", 7)), "{\"a\":[1]}"));
    }

    private static Subscribe one(long id, String topic, StartPoint from, String info) {
        return new Subscribe(id, List.of(new Subscription(new TopicPattern(topic), from, info)), false);
    }

    @Test
    void subscribeToTheNewestAndFromAPositionInEitherSpelling() throws Exception {
        String command = "{'type':'subscribe','id':1,'topic':'a',".replace('\'', '"');
        assertThat(read(command + "\"last\":1000}")).isEqualTo(one(1, "a", new StartPoint(null, 1000), null));
        assertThat(read(command + "\"last\":null,\"since\":null}")).isEqualTo(one(1, "a", StartPoint.NOW, null));
        StartPoint both = new StartPoint(new Position("e1", 7), 2);
        assertThat(read(command + "\"last\":2,\"since\":\"e1:7\"}")).isEqualTo(one(1, "a", both, null));
        assertThat(read(command + "\"last\":2,\"since\":{\"epoch\":\"e1\",\"offset\":7,\"x\":[]}}"))
                .isEqualTo(one(1, "a", both, null));
    }

    @Test
    void subscribeToSeveral() throws Exception {
        String command = "{'type':'subscribe','id':1,'topics':[{'topic':'a','since':'e1:7'},{'topic':'b.*','x':{}},"
                + "{'info':[1],'topic':'c','last':3}]}";
        assertThat(read(command.replace('\'', '"')))
                .isEqualTo(new Subscribe(
                        1,
                        List.of(
                                new Subscription(new TopicPattern("a"), StartPoint.of(new Position("e1", 7)), null),
                                new Subscription(new TopicPattern("b.*"), StartPoint.NOW, null),
                                new Subscription(new TopicPattern("c"), new StartPoint(null, 3), "[1]")),
                        true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"topic\":\"a\",\"last\":0                              | INVALID_POSITION",
                "\"topic\":\"a\",\"last\":1001                           | INVALID_POSITION",
                "\"topic\":\"a\",\"last\":\"1\"                        | INVALID_POSITION",
                "\"topic\":\"a.*\",\"last\":1                            | INVALID_POSITION",
                "\"topic\":\"a\",\"since\":{\"epoch\":\"e1\"}        | INVALID_POSITION",
                "\"topic\":\"a\",\"since\":{\"epoch\":\"-\",\"offset\":1} | INVALID_POSITION",
                "\"topic\":\"a\",\"since\":{\"epoch\":\"e1\",\"offset\":-1} | INVALID_POSITION",
                "\"topic\":\"a\",\"since\":[\"e1\",1]                  | INVALID_POSITION",
                "\"topics\":[]                                               | MALFORMED",
                "\"topics\":\"a\"                                          | MALFORMED",
                "\"topics\":{\"topic\":\"a\"}                            | MALFORMED",
                "\"topics\":[\"a\"]                                        | MALFORMED",
                "\"topics\":[{\"topic\":\"a\"},1]                        | MALFORMED",
                "\"topics\":[{}]                                             | INVALID_TOPIC",
                "\"topic\":\"a\",\"topics\":[{\"topic\":\"a\"}]      | INVALID_TOPIC",
            })
    void whatNobodyCanSubscribeTo(String fields, ErrorCode code) {
        String command = "{\"type\":\"subscribe\",\"id\":1," + fields + "}";
        ProtocolSchema.assertNoCommand(command);
        CommandException refused = catchThrowableOfType(CommandException.class, () -> CommandReader.read(command));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.id()).isEqualTo(1);
    }

    @Test
    void subscribeToNoMoreThanAThousandAtOnce() throws Exception {
        String topics = "{'topic':'a'},".repeat(999).replace('\'', '"');
        String most = "{\"type\":\"subscribe\",\"id\":1,\"topics\":[" + topics + "{\"topic\":\"a\"}]}";
        assertThat(((Subscribe) read(most)).topics()).hasSize(1000);
        String more = most.replace("[", "[{\"topic\":\"a\"},");
        CommandException refused = catchThrowableOfType(CommandException.class, () -> CommandReader.read(more));
        assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED);
    }

    @Test
    void theOthers() throws Exception {
        assertThat(read("{\"type\":\"unsubscribe\",\"id\":1,\"topic\":\"news.*\"}"))
                .isEqualTo(new Command.Unsubscribe(1, new TopicPattern("news.*")));
        assertThat(read("{\"type\":\"presence\",\"id\":1,\"topic\":\"news\"}"))
                .isEqualTo(new Command.Presence(1, new TopicName("news")));
        assertThat(read("{\"type\":\"ping\",\"id\":1}")).isEqualTo(new Command.Ping(1));
        assertThat(read("{\"type\":\"connect\",\"id\":1}")).isEqualTo(new Command.Connect(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"data\":\"höi\"                            | TEXT   | höi",
                "\"data\":{\"a\": [1, null]}                 | JSON   | {\"a\":[1,null]}",
                "\"data\":42                                 | JSON   | 42",
                "\"data\":null                               | JSON   | null",
                "\"data\":[2.50,1e400,1E+2,123456789012345678901] | JSON | [2.50,1e400,1E+2,123456789012345678901]",
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
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x                                       |   | not JSON",
                "[]                                      |   | JSON object",
                "1                                       |   | JSON object",
                "`\"subscribe\"`                         |   | JSON object",
                "{}                                      |   | no 'id'",
                "{'type':'ping'}                         |   | no 'id'",
                "{'id':1}                                | 1 | no 'type'",
                "{'type':1,'id':1}                       | 1 | 'type' is a string",
                "{'type':null,'id':1}                    | 1 | 'type' is a string",
                "{'type':'ping','id':'1'}                |   | 'id' is an integer",
                "{'type':'ping','id':null}               |   | 'id' is an integer",
                "{'type':'ping','id':-1}                 |   | 'id' is an integer",
                "{'type':'ping','id':1.5}                |   | 'id' is an integer",
                "{'type':'ping','id':9007199254740992}   |   | 'id' is an integer",
                "{'type':'ping','id':99999999999999999999} | | 'id' is an integer",
                "{'type':'ping','id':1e999999999}        |   | 'id' is an integer",
                "{'type':'ping','id':1e9999999999}       |   | 'id' is an integer",
                "{'type':'ping','id':[1]}                |   | 'id' is an integer",
                "{'type':'ping','id':1}}                 | 1 | not JSON",
                "{'type':'ping','id':1} {}               | 1 | one command",
                "{'type':'ping','id':1,'a':1,'a':2}      | 1 | names that occur once",
                "{'type':'ping','a':{'b':1,'b':2},'id':1}|   | names that occur once",
            })
    void isMalformed(String line, Long id, String cause) {
        CommandException refused = refused(line.replace('\'', '"'));
        assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(refused.id()).isEqualTo(id);
        assertThat(refused.sentence()).contains(cause);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "1e2", "100.0", "1.0E+2"})
    void anIntegerIsOneHoweverItIsWritten(String id) throws Exception {
        assertThat(read("{\"type\":\"ping\",\"id\":" + id + "}")).isEqualTo(new Command.Ping(100));
    }

    @Test
    void tooDeepIsMalformed() {
        CommandException refused = refused("{\"type\":\"ping\",\"id\":1,\"x\":" + "[".repeat(100_000));
        assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED);
        assertThat(refused.id()).isEqualTo(1);
        assertThat(refused.sentence()).contains("500 levels");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type':'subscribe'                          | no 'topic'",
                "'type':'subscribe','topic':7                | 'topic' is a string",
                "'type':'subscribe','topic':'a..b'           | pattern",
                "'type':'publish','topic':'a..b','data':1    | A topic name has",
                "'type':'publish','topic':'a.*','data':1     | Only subscriptions take patterns",
                "'type':'publish','topic':'a'                | no 'data'",
                "'type':'publish','topic':'a','data':1,'key':1 | 'key' is a string",
                "'type':'publish','topic':'a','data':1,'idempotencyKey':'' | 'idempotencyKey' is a string of 1 to 128",
                "'type':'publish','topic':'a','data':1,'encoding':'hex' | 'encoding' is 'base64'",
                "'type':'publish','topic':'a','data':1,'encoding':'base64' | a string in base64",
                "'type':'publish','topic':'a','data':'\\ud800' | 'data' has half",
                "'type':'publish','topic':'a','data':['\\ud800'] | 'data' has half",
                "'type':'publish','topic':'a','data':1,'key':'\\ud800' | 'key' has half",
                "'type':'subscribe','topic':'a','info':'\\ud800' | 'info' has half",
                "'type':'authenticate'                       | no 'token'",
                "'type':'authenticate','token':1             | 'token' is a string",
            })
    void theMessageSaysWhatIsWrong(String fields, String cause) {
        CommandException refused = refused(("{'id':7," + fields + "}").replace('\'', '"'));
        assertThat(refused.sentence()).contains(cause);
        assertThat(refused.id()).isEqualTo(7);
    }

    @Test
    void nullIsAsGoodAsAbsent() throws Exception {
        assertThat(read("{\"type\":\"subscribe\",\"id\":1,\"topic\":\"a.*\",\"since\":null,\"info\":null}"))
                .isEqualTo(one(1, "a.*", StartPoint.NOW, null));
        assertThat(read("{\"type\":\"publish\",\"id\":1,\"topic\":\"a\",\"data\":1,\"encoding\":null,\"key\":null,"
                        + "\"idempotencyKey\":null}"))
                .isEqualTo(new Publish(
                        1, new TopicName("a"), Payload.of(Payload.Kind.JSON, new byte[] {'1'}), PublishOptions.NONE));
    }

    @Test
    void keysAreCountedInCharactersOfUnicode() throws Exception {
        String key = "\uD83D\uDE00".repeat(128);
        assertThat(read("{\"type\":\"publish\",\"id\":3,\"topic\":\"a\",\"data\":\"\",\"key\":\"" + key + "\"}"))
                .isEqualTo(new Publish(3, new TopicName("a"), Payload.text(""), new PublishOptions(null, key)));
        assertThat(refused("{\"type\":\"publish\",\"id\":3,\"topic\":\"a\",\"data\":\"\",\"key\":\"" + key + "x\"}")
                        .code())
                .isEqualTo(ErrorCode.INVALID_PUBLICATION);
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
