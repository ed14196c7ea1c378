package dev.pushwire.protocol;

/** How messages are told apart on a connection; each connection has one for life. */
public enum Framing {
    /** Frames of RFC 6455. */
    WEBSOCKET,
    /** Chunks of an HTTP/1.1 response (RFC 9112, section 7.1): each message is one, so that a proxy sees where it ends. */
    HTTP_CHUNKED,
    /** Nothing: the response lasts until the connection ends, or what is below delimits it, as HTTP/2 does. */
    HTTP_PLAIN
}
