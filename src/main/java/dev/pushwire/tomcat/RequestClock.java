package dev.pushwire.tomcat;

/**
 * The time for which a client has been sending a header section. It belongs to one of Tomcat's channels, and Tomcat's
 * lock for the socket guards it.
 */
final class RequestClock {
    private long began;
    private boolean running;
    private boolean complete;

    /** The channel has another socket now. */
    void reset() {
        running = false;
        complete = false;
    }

    /**
     * The header section is not complete. The first call starts the clock.
     *
     * @return the nanoseconds since the first call
     */
    long tick(long now) {
        if (!running) {
            running = true;
            complete = false;
            began = now;
        }
        return now - began;
    }

    /** The header section is complete. */
    void stop() {
        running = false;
        complete = true;
    }

    /** Whether the client still owes a header section: its first one, or the rest of one. */
    boolean isDue() {
        return !complete;
    }
}
