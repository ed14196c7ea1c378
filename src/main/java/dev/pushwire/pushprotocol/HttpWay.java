package dev.pushwire.pushprotocol;

import dev.pushwire.connection.StreamFormat;
import dev.pushwire.endpoint.Heartbeat;
import dev.pushwire.endpoint.OutboundMessage;
import dev.pushwire.protocol.CloseStatus;
import dev.pushwire.protocol.Framing.Form;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How lines reach a client without a WebSocket. */
enum HttpWay {
    /** In a response that does not end. */
    STREAM("stream", "application/x-ndjson", Form.LINES, true),
    /** In a response that does not end, as the data of events. */
    EVENTS("sse", "text/event-stream;charset=utf-8", Form.EVENTS, true),
    /** In the responses to its polls. */
    POLL("poll", "application/x-ndjson", Form.LINES, false);

    /** Most proxies cut a connection that is silent for 30 or 60 seconds. */
    private static final Duration QUIET = Duration.ofSeconds(20);

    private final String transport;
    private final String contentType;
    private final Form form;
    private final boolean isStream;

    HttpWay(String transport, String contentType, Form form, boolean isStream) {
        this.transport = transport;
        this.contentType = contentType;
        this.form = form;
        this.isStream = isStream;
    }

    String contentType() {
        return contentType;
    }

    StreamFormat format() {
        return new StreamFormat(transport, form, heartbeat(), HttpWay::farewell);
    }

    /** The heartbeat: an empty line, or a comment. */
    private @Nullable Heartbeat heartbeat() {
        return isStream ? Heartbeat.whenQuiet(QUIET, OutboundMessage.text("")) : null;
    }

    private static OutboundMessage farewell(CloseStatus status) {
        return OutboundMessage.text(Json.closed(status));
    }
}
