package dev.pushwire.service;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The events that other threads report to a test, in order. */
final class Events {
    private Events() {}

    /** Waits for the next one; {@code nothing} when none comes. */
    static String next(BlockingQueue<String> events) {
        try {
            String next = events.poll(20, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
