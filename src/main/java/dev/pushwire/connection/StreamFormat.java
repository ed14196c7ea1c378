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
 * The format of streams of one kind: what they are sent besides the messages of their sessions. A stream is the body of
 * an HTTP response that goes on, or what a client collects piece by piece. All connections of a kind share one format.
 *
 * @param transport the name of the kind in meters: {@code sse}, {@code stream}, {@code poll}
 * @param form how messages are told apart. If it is {@code PLAIN}, the code that makes the messages gives them the form
 *     that the client reads, for instance an event with its empty line
 * @param isSession whether a stream is a client's session. If not, it only carries what another session is sent, and
 *     lists of connections and goodbyes leave it out
 * @param heartbeat is sent when nothing else is; null for none. A session may be given another one
 * @param farewell makes the last message to a client, from the status of the end; its result may be null for none. It
 *     is called on the event loop, and must neither block nor throw. A reason in it is one of the service's own, or the
 *     endpoint's
 */
public record StreamFormat(
        String transport,
        Form form,
        boolean isSession,
        @Nullable Heartbeat heartbeat,
        Function<CloseStatus, @Nullable OutboundMessage> farewell) {

    /** The format of sessions. */
    public StreamFormat(
            String transport,
            Form form,
            @Nullable Heartbeat heartbeat,
            Function<CloseStatus, @Nullable OutboundMessage> farewell) {
        this(transport, form, true, heartbeat, farewell);
    }

    /** The format of sessions with messages that have their form already. */
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

    /** The last frame of a stream. */
    EncodedFrame last(CloseStatus status, Framing framing) {
        EncodedFrame end = framing.isChunked() ? LAST_CHUNK : NOTHING;
        OutboundMessage words = farewell.apply(status);
        return words == null ? end : words.message().in(framing).followedBy(end);
    }
}
