package dev.pushwire.endpoint;

/** The thread that an endpoint's callbacks run on. */
public enum Execution {
    /**
     * A virtual thread per connection that has something to do: callbacks may block. Messages are copied for it, and when
     * it falls behind, the connection stops reading until it has caught up.
     */
    VIRTUAL_THREAD,
    /**
     * The event loop of the connection itself: the fastest, for callbacks that never block. One that does holds up every
     * connection of its loop.
     */
    EVENT_LOOP
}
