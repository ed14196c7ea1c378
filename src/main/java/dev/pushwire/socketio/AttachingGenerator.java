package dev.pushwire.socketio;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/** Writes JSON with a placeholder for each piece of binary data, and collects the data. */
final class AttachingGenerator extends JsonGeneratorDelegate {
    private final List<ByteBuffer> attachments;

    AttachingGenerator(JsonGenerator json, List<ByteBuffer> attachments) {
        super(json, false);
        this.attachments = attachments;
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
        writeStartObject();
        writeBooleanProperty(Placeholders.MARK, true);
        writeNumberProperty(Placeholders.NUMBER, attachments.size());
        writeEndObject();
        attachments.add(ByteBuffer.wrap(Arrays.copyOfRange(data, offset, offset + length))
                .asReadOnlyBuffer());
        return this;
    }
}
