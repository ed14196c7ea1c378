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

/** HTTP/1.1 over sockets that can be taken. The connector gets this class by name. */
public final class HijackableProtocol extends Http11NioProtocol {
    /**
     * Characters that URL parsers of browsers and other clients leave unchanged in a query, and that Tomcat by default
     * refuses. None of them has a meaning in HTTP. {@code server.tomcat.relaxed-query-chars} replaces the list.
     */
    private static final String RAW_IN_QUERY = "\"<>[\\]^`{|}";

    /**
     * The least time for which processors of a burst are kept, in seconds. They are kept for twice this time at most.
     */
    private static final int BURST_SECONDS = 10;

    private final HijackableEndpoint endpoint;
    private final AtomicInteger made = new AtomicInteger(); // processors made since the last tidyUp
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

    /**
     * Limits the number of connections at a time. A later setting does not replace it, since Spring Boot sets Tomcat's
     * default after this call.
     */
    public void limitConnections(int most) {
        mostConnections = most;
        setMaxConnections(getMaxConnections());
    }

    @Override
    public void setMaxConnections(int wanted) {
        super.setMaxConnections(Math.min(wanted, mostConnections));
    }

    /** Sets the listener for connections that do not come as far as a handshake. */
    public void setEdgeListener(EdgeListener listener) {
        endpoint.setEdgeListener(listener);
    }

    /** The listener for requests that Tomcat could not read. */
    EdgeListener edgeListener() {
        return endpoint.edgeListener();
    }

    /**
     * Gives each stream of HTTP/2 a request of its own. Tomcat would reuse one for another stream, perhaps of another
     * client. If a client resets a stream while another thread writes to it, Tomcat reuses the request too early, and
     * that request is answered with 500.
     */
    @Override
    public void addUpgradeProtocol(UpgradeProtocol upgrade) {
        if (upgrade instanceof Http2Protocol http2) {
            http2.setDiscardRequestsAndResponses(true);
        }
        super.addUpgradeProtocol(upgrade);
    }

    /**
     * Sets whether the service drains. While it does, each answer is the last on its connection, so that the client's
     * next request goes elsewhere.
     */
    public void setDraining(BooleanSupplier draining) {
        this.draining = draining;
    }

    /** Tomcat asks for each request. With 1 it sends {@code Connection: close}. */
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
     * Tomcat asks when a processor has done its work. A processor takes some 65 KB, and a handshake that waits for the
     * broker needs one as long as it waits. While many clients connect, processors are reused, and not made for each
     * client.
     */
    @Override
    public int getProcessorCache() {
        int kept = super.getProcessorCache();
        return kept >= 0 && made.get() > kept ? getMaxConnections() : kept;
    }

    /**
     * Gives up the processors of a burst. Those in use now are kept when they have done their work, as far as there is
     * room.
     */
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
     * Sets how long a client may take to send the header section of a request. Tomcat's own timeout is for silence, and
     * starts anew with each byte.
     */
    public void setHeaderTimeout(Duration timeout) {
        setConnectionTimeout((int) timeout.toMillis());
        endpoint.setHeaderTimeout(timeout);
    }
}
