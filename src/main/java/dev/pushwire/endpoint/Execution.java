package dev.pushwire.endpoint;

/** The thread that runs an endpoint's callbacks. */
public enum Execution {
    /**
     * A virtual thread for each connection that has something to do. Callbacks may block. The engine copies each
     * message for this thread. When the endpoint falls behind, the engine stops reading from the connection until the
     * endpoint has caught up.
     */
    VIRTUAL_THREAD,
    /**
     * The event loop of the connection. This is the fastest choice, for callbacks that never block. A callback that
     * blocks holds up every connection of its loop.
     */
    EVENT_LOOP
}
