package dev.pushwire.tomcat;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.coyote.Processor;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 over sockets that can be taken; the connector is given this class by name. */
public final class HijackableProtocol extends Http11NioProtocol {
    /**
     * What browsers' and other clients' URL parsers leave as it is in a query, and Tomcat by itself refuses. None of it has a
     * meaning in HTTP. {@code server.tomcat.relaxed-query-chars} replaces it.
     */
    private static final String RAW_IN_QUERY = "\"<>[\\]^`{|}";

    /** How long what a burst has left is kept at least, in seconds; twice as long at most. */
    private static final int BURST_SECONDS = 10;

    private final HijackableEndpoint endpoint;
    private final AtomicInteger made = new AtomicInteger(); // processors, since the last tidying
    private @Nullable ScheduledFuture<?> tidying;
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

    /**
     * Gives each stream of HTTP/2 a request of its own. Tomcat would use one again for another stream, which may be another client's; and
     * where a client resets a stream that another thread is just writing to, it does so before it is done with it. Such a request is
     * answered 500.
     */
    @Override
    public void addUpgradeProtocol(UpgradeProtocol upgrade) {
        if (upgrade instanceof Http2Protocol http2) {
            http2.setDiscardRequestsAndResponses(true);
        }
        super.addUpgradeProtocol(upgrade);
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
        made.incrementAndGet();
        return new HostTolerantProcessor(this, getAdapter());
    }

    /**
     * Asked by Tomcat when a processor has done its work. One takes some 65 KB, and a handshake that waits for the broker needs one as
     * long: while a crowd connects, those that it takes are used again, and not made for each client.
     */
    @Override
    public int getProcessorCache() {
        int kept = super.getProcessorCache();
        return kept >= 0 && made.get() > kept ? getMaxConnections() : kept;
    }

    /** Gives up what a burst has left. Those that are in use now are kept as far as there is room when they have done their work. */
    void tidyUp() {
        int kept = super.getProcessorCache();
        if (made.getAndSet(0) > kept && kept >= 0) {
            endpoint.getHandler().recycle();
        }
    }

    @Override
    public void start() throws Exception {
        super.start();
        tidying = getUtilityExecutor()
                .scheduleWithFixedDelay(this::tidyUp, BURST_SECONDS, BURST_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (tidying != null) {
            tidying.cancel(false);
        }
        super.stop();
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
