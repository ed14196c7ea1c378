package dev.pushwire.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.EncodedFrame;
import dev.pushwire.protocol.Framing;
import dev.pushwire.protocol.Framing.Form;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the streams of one kind are sent besides the messages of their sessions. A stream is the body of an HTTP response that
 * goes on, or what is collected piece by piece. One for all connections of a kind.
 *
 * @param transport what the meters call it: {@code sse}, {@code stream}, {@code poll}
 * @param form how messages are told apart. Where it is {@code PLAIN}, their maker gives them the form that the
 *     client reads, an event with its empty line for instance
 * @param isSession whether a stream is a client's session; else it only carries what another session is sent, and those who
 *     look at connections or say goodbye to them pass it over
 * @param heartbeat sent where nothing else is; null for none. A session may be given another
 * @param farewell the last message to a client, by why its stream ends; its result may be null for none. Called on the event
 *     loop: must neither block nor throw. A reason that it says is one of ours, or the endpoint's
 */
public record StreamFormat(
        String transport,
        Form form,
        boolean isSession,
        @Nullable Heartbeat heartbeat,
        Function<CloseStatus, @Nullable OutboundMessage> farewell) {

    /** Of sessions. */
    public StreamFormat(
            String transport,
            Form form,
            @Nullable Heartbeat heartbeat,
            Function<CloseStatus, @Nullable OutboundMessage> farewell) {
        this(transport, form, true, heartbeat, farewell);
    }

    /** Of sessions with messages that have their form already. */
    public StreamFormat(
            String transport,
            @Nullable Heartbeat heartbeat,
            Function<CloseStatus, @Nullable OutboundMessage> farewell) {
        this(transport, Form.PLAIN, true, heartbeat, farewell);
    }

    /** "The chunked coding is complete when a chunk with a chunk-size of zero is received" (RFC 9112, section 7.1). */
    private static final EncodedFrame LAST_CHUNK = EncodedFrame.raw("0\r\n\r\n".getBytes(US_ASCII));

    private static final EncodedFrame NOTHING = EncodedFrame.raw(new byte[0]);

    /** @param chunked whether the head of the response announces chunks */
    public Framing framing(boolean chunked) {
        return Framing.of(form, chunked);
    }

    /** All that is sent of the end of a stream. */
    EncodedFrame last(CloseStatus status, Framing framing) {
        EncodedFrame end = framing.isChunked() ? LAST_CHUNK : NOTHING;
        OutboundMessage words = farewell.apply(status);
        return words == null ? end : words.message().in(framing).followedBy(end);
    }
}
