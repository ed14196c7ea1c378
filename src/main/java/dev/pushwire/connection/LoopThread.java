package dev.pushwire.connection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of an event loop: one pass after the other, whatever they meet, until the loop is to stop. */
final class LoopThread extends Thread {
    private static final Logger log = LoggerFactory.getLogger(LoopThread.class);

    /** Between passes that fail one after the other. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final EventLoop loop;
    private boolean failing; // at the last pass

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
                boolean _ = Thread.interrupted(); // as an endpoint may have left it: the selector would wait no more
                loop.turn();
                failing = false;
            } catch (Throwable t) {
                survive(t);
            }
        }
        loop.shutDown();
    }

    /**
     * Nothing that one pass met may end the loop, and with it every connection it runs. A loop of which every pass fails does
     * not fill the log; liveness tells.
     */
    private void survive(Throwable met) {
        try {
            if (failing) {
                log.debug("A pass of {} failed again", loop.name(), met);
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                failing = true;
                log.error("A pass of {} failed; it goes on", loop.name(), met);
            }
        } catch (Throwable t) {
            // There is no memory even to say so, or what was met cannot be told.
        }
    }
}
