package dev.pushwire.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Reads a {@link JsonValue} within an object that Jackson reads. */
final class JsonValueReader extends ValueDeserializer<JsonValue> {
    @Override
    public JsonValue deserialize(JsonParser parser, DeserializationContext context) {
        return JsonValue.read(parser);
    }

    @Override
    public JsonValue getNullValue(DeserializationContext context) {
        return JsonValue.OF_NULL;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }
}
