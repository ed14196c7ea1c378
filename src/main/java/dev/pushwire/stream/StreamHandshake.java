package dev.pushwire.stream;

import dev.pushwire.endpoint.Handshake;
import dev.pushwire.endpoint.spi.AdmittedHandshake;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The request of a stream, with its user and what it asks for. */
record StreamHandshake(Handshake request, @Nullable Principal principal, StreamRequest wanted)
        implements AdmittedHandshake {
    static StreamRequest wanted(Handshake handshake) {
        if (handshake instanceof StreamHandshake stream) {
            return stream.wanted;
        }
        throw new IllegalArgumentException("Not the request of a stream: " + handshake);
    }
}
