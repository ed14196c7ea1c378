package dev.pushwire.tomcat;

import dev.pushwire.connection.RelayedTransport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response that goes on, through the Servlet API's asynchronous side. A write waits for the client, and for other
 * responses that share its socket. So it runs on a virtual thread that lives as long as there is something to write.
 * (The Servlet API's non-blocking writes would not save the thread: over HTTP/2, Tomcat waits for the socket even
 * then.)
 *
 * <p>If a client takes nothing for as long as Tomcat waits for it, 20 seconds by default, its stream ends.
 */
final class AsyncTransport extends RelayedTransport implements AsyncListener, Closeable {
    private static final Logger log = LoggerFactory.getLogger(AsyncTransport.class);

    private final AsyncContext context;
    private final ServletOutputStream output;
    private final String remoteAddress;
    private final AtomicInteger calls = new AtomicInteger(); // for work, since the present thread began
    private final AtomicReference<byte @Nullable []> next = new AtomicReference<>();
    private volatile boolean finishing; // the response ends after the next piece, if there is one
    private volatile boolean broken; // whether it is useless to write more
    private boolean complete; // only the thread at work touches it

    /** @param context the context of a request that has become asynchronous, and whose head is sent */
    AsyncTransport(AsyncContext context, String remoteAddress) throws IOException {
        this.context = context;
        this.output = context.getResponse().getOutputStream();
        this.remoteAddress = remoteAddress;
        context.setTimeout(0);
        context.addListener(this);
    }

    @Override
    protected void pass(byte[] piece) {
        next.set(piece);
        work();
    }

    @Override
    protected void finish() {
        finishing = true;
        work();
    }

    /** Drops what has not been sent. A write that waits for the client ends by itself before. */
    @Override
    public void close() {
        broken = true;
        work();
    }

    private void work() {
        if (calls.getAndIncrement() == 0) {
            Thread.ofVirtual().name("pushwire-relay").start(this::workAsLongAsCalled);
        }
    }

    private void workAsLongAsCalled() {
        int served = 1;
        do {
            try {
                writeOn();
            } catch (IOException | RuntimeException | Error e) { // else no thread would ever work again
                log.debug("A response broke off while it was written", e);
                broken = true;
                complete();
            }
            served = calls.addAndGet(-served);
        } while (served > 0);
    }

    private void writeOn() throws IOException {
        byte[] piece = next.getAndSet(null);
        if (piece != null && !broken) {
            output.write(piece);
            output.flush();
            passed();
        } else if (broken || finishing) {
            complete();
        }
    }

    private void complete() {
        if (complete) {
            return;
        }
        complete = true;
        gone();
        try {
            context.complete();
        } catch (RuntimeException e) {
            log.debug("The container has ended the response before", e);
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        gone();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }
}
