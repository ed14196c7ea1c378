package dev.pushwire.hijack;

import java.time.Duration;
import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 over sockets that can be taken; the connector is given this class by name. */
public final class HijackableProtocol extends Http11NioProtocol {
    private final HijackableEndpoint endpoint;

    public HijackableProtocol() {
        this(new HijackableEndpoint());
    }

    private HijackableProtocol(HijackableEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Has somebody told of connections that do not come as far as a handshake. */
    public void setEdgeListener(EdgeListener listener) {
        endpoint.setEdgeListener(listener);
    }

    /**
     * How long a client may take to send the header section of a request. Tomcat's own timeout is for silence, and starts
     * anew with each byte.
     */
    public void setHeaderTimeout(Duration timeout) {
        setConnectionTimeout((int) timeout.toMillis());
        endpoint.setHeaderTimeout(timeout);
    }
}
