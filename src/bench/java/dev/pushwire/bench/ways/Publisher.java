package dev.pushwire.bench.ways;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/** Publishes numbered messages of about half a kilobyte, one after the other. For one thread. */
final class Publisher implements AutoCloseable {
    private static final String REST = quotes();
    private static final long JOIN_PATIENCE = 60_000_000_000L;

    private final Wire wire;
    private final Sending.Sender sender;
    private long number;

    Publisher(int port, Sending sending) throws IOException {
        this.wire = new Wire(port, new LongAdder());
        this.sender = sending.over(wire);
    }

    /**
     * Text like that of services: words that repeat, and numbers that do not. It has no quotes, so that it is the same
     * inside JSON.
     */
    private static String quotes() {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.append(" symbol=").append((char) ('A' + random.nextInt(26))).append("USD price=");
            text.append(random.nextInt(100_000) / 100.0).append(" quantity=").append(random.nextInt(10_000));
            text.append(" state=open at=").append(random.nextInt(1_000_000_000)).append(';');
        }
        return text.toString();
    }

    /** The bytes of a message. */
    static int messageSize() {
        return Inbox.message(0, REST).length();
    }

    /** Publishes until each client has got a message. */
    void publishUntilAllJoin(Crowd crowd) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + JOIN_PATIENCE;
        for (long got = -1; got < crowd.size(); ) {
            long before = crowd.deliveries();
            publish();
            Thread.sleep(1500);
            crowd.checkAlive();
            got = crowd.deliveries() - before;
            if (System.nanoTime() > deadline) {
                throw new IOException("Only " + got + " of " + crowd.size() + " clients are subscribed");
            }
        }
    }

    void publish() throws IOException {
        sender.send(Inbox.message(number, REST));
        number++;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
