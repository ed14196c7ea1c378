package dev.pushwire.tomcat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 over sockets that can be taken; the connector is given this class by name. */
public final class HijackableProtocol extends Http11NioProtocol {
    /**
     * What browsers' and other clients' URL parsers leave as it is in a query, and Tomcat by itself refuses. None of it has a
     * meaning in HTTP. {@code server.tomcat.relaxed-query-chars} replaces it.
     */
    private static final String RAW_IN_QUERY = "\"<>[\\]^`{|}";

    private final HijackableEndpoint endpoint;
    private BooleanSupplier draining = () -> false;
    private int mostConnections = Integer.MAX_VALUE;

    public HijackableProtocol() {
        this(new HijackableEndpoint());
    }

    private HijackableProtocol(HijackableEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        setRelaxedQueryChars(RAW_IN_QUERY);
    }

    /** Accepts no more connections at a time, whatever is asked for: Spring Boot sets Tomcat's default later. */
    public void limitConnections(int most) {
        mostConnections = most;
        setMaxConnections(getMaxConnections());
    }

    @Override
    public void setMaxConnections(int wanted) {
        super.setMaxConnections(Math.min(wanted, mostConnections));
    }

    /** Has somebody told of connections that do not come as far as a handshake. */
    public void setEdgeListener(EdgeListener listener) {
        endpoint.setEdgeListener(listener);
    }

    /** The listener for requests that were refused before anything looked at what they ask for. */
    EdgeListener edgeListener() {
        return endpoint.edgeListener();
    }

    /** While the service drains, each answer is the last on its connection, so that the client's next one goes elsewhere. */
    public void setDraining(BooleanSupplier draining) {
        this.draining = draining;
    }

    /** Asked by Tomcat for each request; 1 makes it send {@code Connection: close}. */
    @Override
    public int getMaxKeepAliveRequests() {
        return draining.getAsBoolean() ? 1 : super.getMaxKeepAliveRequests();
    }

    @Override
    protected Processor createProcessor() {
        return new HostTolerantProcessor(this, getAdapter());
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
