package dev.pushwire.socketio;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The arguments of an event or of an acknowledgement, as they came: JSON, and the binary data that it refers to. If
 * they are passed on, they arrive byte for byte, with the order of their keys and the digits of their numbers. A
 * handler that takes or returns them parses nothing. Immutable.
 */
public final class Arguments {
    /** No arguments. */
    public static final Arguments NONE = new Arguments("[]", List.of());

    private final String json;
    private final List<ByteBuffer> attachments;

    /**
     * @param json a valid array
     * @param attachments read-only; {@code {"_placeholder":true,"num":0}} and the like stand for them
     */
    Arguments(String json, List<ByteBuffer> attachments) {
        this.json = json;
        this.attachments = List.copyOf(attachments);
    }

    /**
     * Arguments without binary data.
     *
     * @param json an array; must be valid
     */
    public static Arguments ofJson(String json) {
        return new Arguments(json, List.of());
    }

    Arguments with(List<ByteBuffer> others) {
        return new Arguments(json, others);
    }

    /**
     * The arguments as a JSON array. <code>{"_placeholder":true,"num":i}</code> stands for binary data: the attachment
     * with the index i.
     */
    public String json() {
        return json;
    }

    /** The binary data, each read-only from position to limit. */
    public List<ByteBuffer> attachments() {
        return attachments.stream().map(ByteBuffer::duplicate).toList();
    }

    /** The size in characters and bytes. */
    int size() {
        int size = json.length();
        for (ByteBuffer attachment : attachments) {
            size += attachment.remaining();
        }
        return size;
    }

    /** The JSON, and how many attachments there are. */
    @Override
    public String toString() {
        return json + (attachments.isEmpty() ? "" : " with " + attachments.size() + " attachments");
    }
}
