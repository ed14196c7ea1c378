package dev.pushwire.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Opens many connections, some at a time, as fast as the server accepts them. */
final class Opening {
    private static final int AT_A_TIME = 128;

    private final List<Connection> connections;
    private final Consumer<Connection> how;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    /** @param how opens a connection; called on its loop's thread */
    Opening(List<Connection> connections, Consumer<Connection> how) {
        this.connections = connections;
        this.how = how;
    }

    /** Opens the connections, and returns whether all are open. If not, it notes a failure. */
    boolean open(Failures failures, Duration patience) throws InterruptedException {
        for (int i = 0; i < AT_A_TIME; i++) {
            openNext();
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (open.get() < connections.size() && !failures.failsWithin(Duration.ofMillis(5))) {
            if (System.nanoTime() > deadline) {
                failures.add("only " + open + " of " + connections.size() + " connections opened");
            }
        }
        return !failures.any();
    }

    /** One more connection is open. */
    void opened() {
        open.incrementAndGet();
        openNext();
    }

    private void openNext() {
        int index = begun.getAndIncrement();
        if (index < connections.size()) {
            Connection connection = connections.get(index);
            connection.loop().execute(() -> how.accept(connection));
        }
    }
}
