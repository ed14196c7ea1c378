package dev.pushwire.hijack;

/**
 * Since when a client has been sending a header section. Belongs to one of Tomcat's channels and is guarded, like the
 * channel, by Tomcat's lock for the socket.
 */
final class RequestClock {
    private long began;
    private boolean running;

    /** The header section is not complete; returns for how many nanoseconds that has been so. */
    long tick(long now) {
        if (!running) {
            running = true;
            began = now;
        }
        return now - began;
    }

    /** It is complete, or another socket's turn has come. */
    void stop() {
        running = false;
    }
}
