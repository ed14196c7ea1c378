package dev.pushwire.pushprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of the protocol, as clients get it. */
public final class ProtocolSchema {
    private static final String TEXT = read();
    private static final Schema COMMAND = part("command");
    private static final Schema MESSAGE = part("message");

    private ProtocolSchema() {}

    public static String text() {
        return TEXT;
    }

    /** What a client sends. */
    public static void assertCommand(String line) {
        assertThat(COMMAND.validate(line, InputFormat.JSON)).as(line).isEmpty();
    }

    /** What a client must not send. */
    public static void assertNoCommand(String line) {
        assertThat(COMMAND.validate(line, InputFormat.JSON)).as(line).isNotEmpty();
    }

    /** What the server sends. */
    public static void assertMessage(String line) {
        assertThat(MESSAGE.validate(line, InputFormat.JSON)).as(line).isEmpty();
    }

    private static Schema part(String name) {
        String whole = "\"oneOf\": [{ \"$ref\": \"#/$defs/command\" }, { \"$ref\": \"#/$defs/message\" }]";
        assertThat(TEXT).contains(whole);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(TEXT.replace(whole, "\"$ref\": \"#/$defs/" + name + "\""));
    }

    private static String read() {
        try (InputStream in = ProtocolSchema.class.getResourceAsStream("/static/protocol/pushwire.v1.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
