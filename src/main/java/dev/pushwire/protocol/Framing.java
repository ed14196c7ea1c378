package dev.pushwire.protocol;

/** How messages are told apart on a connection. Each connection has one framing for life. */
public enum Framing {
    /** Frames of RFC 6455. */
    WEBSOCKET(Form.PLAIN, false),
    /** Chunks of an HTTP/1.1 response (RFC 9112, section 7.1): each message is one, so that a proxy sees where it ends. */
    HTTP_CHUNKED(Form.PLAIN, true),
    /** None: the response lasts until the connection ends, or the layer below delimits it, as HTTP/2 does. */
    HTTP_PLAIN(Form.PLAIN, false),
    /** {@link Form#LINES} in chunks. */
    LINES_CHUNKED(Form.LINES, true),
    /** {@link Form#LINES} and nothing else. */
    LINES_PLAIN(Form.LINES, false),
    /** {@link Form#EVENTS} in chunks. */
    EVENTS_CHUNKED(Form.EVENTS, true),
    /** {@link Form#EVENTS} and nothing else. */
    EVENTS_PLAIN(Form.EVENTS, false),
    /** {@link Form#RECORDS} and nothing else. */
    RECORDS_PLAIN(Form.RECORDS, false);

    /** How messages are told apart within the body of a response. */
    public enum Form {
        /** Not at all. The code that makes the messages takes care of it. */
        PLAIN,
        /** Each message ends with a line feed. One without content is an empty line. */
        LINES,
        /**
         * Each message is an event with its lines as data (HTML, section 9.2.5). One without content is a comment. A message has
         * no carriage return.
         */
        EVENTS,
        /**
         * Each message ends with U+001E; a binary one is {@code b} and its bytes in base64. This is the payload of
         * Engine.IO 4 in long polling.
         */
        RECORDS
    }

    private final Form form;
    private final boolean chunked;

    Framing(Form form, boolean chunked) {
        this.form = form;
        this.chunked = chunked;
    }

    /**
     * The framing of a response.
     *
     * @param chunked whether its head announces chunks; records have none
     */
    public static Framing of(Form form, boolean chunked) {
        return switch (form) {
            case PLAIN -> chunked ? HTTP_CHUNKED : HTTP_PLAIN;
            case LINES -> chunked ? LINES_CHUNKED : LINES_PLAIN;
            case EVENTS -> chunked ? EVENTS_CHUNKED : EVENTS_PLAIN;
            case RECORDS -> RECORDS_PLAIN;
        };
    }

    /** The form of each message. */
    Form form() {
        return form;
    }

    /** Whether the form is put into chunks, so that there is a last one. */
    public boolean isChunked() {
        return chunked;
    }
}
