package dev.pushwire.connection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of an event loop. It runs one pass after the other until the loop must stop, whatever a pass throws. */
final class LoopThread extends Thread {
    private static final Logger log = LoggerFactory.getLogger(LoopThread.class);

    /** The pause between passes that fail one after the other. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final EventLoop loop;
    private boolean failing; // whether the last pass failed

    LoopThread(EventLoop loop) {
        super(loop.name());
        this.loop = loop;
        setDaemon(true);
    }

    EventLoop loop() {
        return loop;
    }

    @Override
    public void run() {
        loop.adoptCurrentThread();
        while (!loop.isStopping()) {
            try {
                boolean _ = Thread.interrupted(); // an endpoint may have left it set: no wait would wait
                loop.turn();
                failing = false;
            } catch (Throwable t) {
                survive(t);
            }
        }
        loop.shutDown();
    }

    /**
     * Survives whatever a pass has thrown: it must not end the loop, and with it all its connections. If every pass
     * fails, the log does not fill up, and liveness fails.
     */
    private void survive(Throwable met) {
        try {
            if (failing) {
                log.debug("A pass of {} failed again", loop.name(), met);
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                failing = true;
                log.error("A pass of {} failed. The event loop goes on", loop.name(), met);
            }
        } catch (Throwable t) {
            // There is not even memory for a line in the log, or the failure itself cannot be printed.
        }
    }
}
