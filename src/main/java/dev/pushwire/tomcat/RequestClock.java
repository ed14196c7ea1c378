package dev.pushwire.tomcat;

/**
 * Since when a client has been sending a header section. Belongs to one of Tomcat's channels and is guarded, like the
 * channel, by Tomcat's lock for the socket.
 */
final class RequestClock {
    private long began;
    private boolean running;
    private boolean complete;

    /** Another socket's turn has come. */
    void reset() {
        running = false;
        complete = false;
    }

    /** The header section is not complete; returns for how many nanoseconds that has been so. */
    long tick(long now) {
        if (!running) {
            running = true;
            complete = false;
            began = now;
        }
        return now - began;
    }

    /** It is complete. */
    void stop() {
        running = false;
        complete = true;
    }

    /** Whether the client still owes a header section: its first one, or the rest of one that it has begun. */
    boolean isDue() {
        return !complete;
    }
}
