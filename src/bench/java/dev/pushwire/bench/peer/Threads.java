package dev.pushwire.bench.peer;

/** How many threads the event loops of a server get. */
final class Threads {
    private Threads() {}

    /**
     * As many as Pushwire takes by default: half as many as there are processors. The more loops share a load, the
     * fewer messages each finds waiting, and the more CPU each message takes. So a server with more loops would look
     * worse than it is.
     */
    static int eventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
